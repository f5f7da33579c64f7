import type { KeyObject } from "node:crypto";
import { UserError } from "../errors/user-error.ts";
import { readSealingCertificate } from "../sealing/sealing-certificate.ts";
import type { Io } from "./io.ts";
import { readGivenFile } from "./read-given-file.ts";

const day = 24 * 60 * 60 * 1000;

/** Warned of when fewer are left: the controller makes a new key every 30 days, and opens with the old ones as well. */
const soon = 30 * day;

/**
 * The public key of a certificate that somebody names on the command line; says on standard error when it ends soon.
 *
 * @throws UserError when the certificate cannot be used, or not on this day
 */
export function openSealingCertificate(file: string, io: Io): KeyObject {
  const { publicKey, validFrom, validTo } = readSealingCertificate(readGivenFile(file, io).toString("utf8"), file);
  const left = Date.parse(validTo) - io.now().getTime();
  if (left < 0) {
    throw new UserError(`the certificate '${file}' ended on ${validTo}`, {
      hint: "take the controller's newest: `kubeseal --fetch-cert`, see docs/secrets.md",
    });
  }
  if (Date.parse(validFrom) > io.now().getTime()) {
    throw new UserError(`the certificate '${file}' begins on ${validFrom}`, { hint: "is the clock of this machine right?" });
  }
  if (left < soon) io.stderr(`warning: the certificate '${file}' ends on ${validTo}\n`);
  return publicKey;
}
