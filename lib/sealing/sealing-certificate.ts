import { type KeyObject, X509Certificate } from "node:crypto";
import { UserError } from "../errors/user-error.ts";

/** Shorter keys can be broken; the controller makes 4096. */
const leastBits = 2048;

/** The certificate that a Sealed Secrets controller hands out; nothing in it is secret. */
export interface SealingCertificate {
  readonly publicKey: KeyObject;
  /** As OpenSSL prints days: `Sep  3 21:40:37 2026 GMT`. */
  readonly validFrom: string;
  readonly validTo: string;
}

/**
 * Reads a certificate in PEM; of several the first counts, which is the newest.
 *
 * @param file - its path as messages should name it
 * @throws UserError when there is none, or its key cannot seal
 */
export function readSealingCertificate(pem: string, file: string): SealingCertificate {
  const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem)?.[0];
  if (block === undefined) throw noCertificate(pem, file);
  const certificate = parse(block, file);
  const { publicKey, validFrom, validTo } = certificate;
  if (publicKey.asymmetricKeyType !== "rsa") {
    throw new UserError(`the certificate '${file}' has no RSA key, got '${publicKey.asymmetricKeyType ?? "none"}'`, { hint });
  }
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < leastBits) throw new UserError(`the RSA key of the certificate '${file}' is too short, got ${bits} bits`, { hint });
  return { publicKey, validFrom, validTo };
}

const hint = "take the controller's own: `kubeseal --fetch-cert`, see docs/secrets.md";

function noCertificate(pem: string, file: string): UserError {
  const [, found] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem) ?? [];
  if (found === undefined) return new UserError(`'${file}' is no certificate in PEM`, { hint });
  if (!found.includes("PRIVATE KEY")) return new UserError(`'${file}' is no certificate, got '${found.toLowerCase()}'`, { hint });
  return new UserError(`'${file}' is no certificate, got a private key`, {
    hint: `whoever has the controller's private key reads every secret: keep it out of here; ${hint}`,
  });
}

function parse(block: string, file: string): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch (cause) {
    throw new UserError(`the certificate '${file}' cannot be read`, { hint, cause });
  }
}
