import { constants, createCipheriv, type KeyObject, publicEncrypt, randomBytes } from "node:crypto";
import type { SecretValue } from "../definition/secret-value.ts";

/** A session key serves one value alone, so that the nonce may be zero. */
const nonce = Buffer.alloc(12);

/**
 * Encrypts a value for one Sealed Secrets controller: two bytes with the length of what RSA-OAEP made of a session key, that, and the value under
 * AES-256-GCM, in base 64. Never twice the same.
 *
 * @param key - the public key of the controller's certificate
 * @param label - what it is bound to, see `sealingLabel`
 * @see https://github.com/bitnami-labs/sealed-secrets/blob/main/docs/developer/crypto.md
 */
export function seal(value: SecretValue<Uint8Array>, key: KeyObject, label: string): string {
  const sessionKey = randomBytes(32);
  const sealedKey = publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256", oaepLabel: Buffer.from(label) },
    sessionKey,
  );
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealedKey.length);
  const cipher = createCipheriv("aes-256-gcm", sessionKey, nonce);
  return Buffer.concat([length, sealedKey, cipher.update(value.reveal()), cipher.final(), cipher.getAuthTag()]).toString("base64");
}
