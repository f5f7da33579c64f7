import { constants, createDecipheriv, type KeyObject, privateDecrypt } from "node:crypto";

/** Opens a sealed value, as the controller does; throws when the key or the label is another. */
export function unseal(ciphertext: string, key: KeyObject, label: string): Buffer {
  const bytes = Buffer.from(ciphertext, "base64");
  const behindKey = 2 + bytes.readUInt16BE(0);
  const sessionKey = privateDecrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256", oaepLabel: Buffer.from(label) },
    bytes.subarray(2, behindKey),
  );
  const decipher = createDecipheriv("aes-256-gcm", sessionKey, Buffer.alloc(12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(behindKey, -16)), decipher.final()]);
}
