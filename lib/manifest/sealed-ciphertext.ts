/** Stands in the rendered text until a ciphertext is there: reported already, and nothing is written before that. */
export const missingCiphertext = "no-ciphertext";

/**
 * Why a text cannot be what a Sealed Secrets controller opens, or `undefined`: base 64 of two bytes with the length of an RSA ciphertext, that
 * ciphertext, and at least the 16 bytes of tag that AES-GCM ends with. The text follows on a subject: `the ciphertext of 'token' …`.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets/blob/main/docs/developer/crypto.md
 */
export function sealedCiphertextProblem(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{4,}={0,2}$/.test(text) || text.length % 4 !== 0) return "is not base 64";
  const length = (text.length / 4) * 3 - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);
  const [high = 0, low = 0] = Buffer.from(text.slice(0, 4), "base64");
  const keyLength = high * 256 + low;
  if (keyLength < 128 || keyLength > 2048) return "does not start like a sealed value";
  return length < 2 + keyLength + 16 ? "is cut off" : undefined;
}
