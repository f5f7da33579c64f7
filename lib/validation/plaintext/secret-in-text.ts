import { randomTextLength } from "./random-text.ts";
import { anyTokenFormat, tokenFormats } from "./token-formats.ts";

/** Below this many characters only a name can tell that a text is secret. */
const shortestSecret = 16;

/** `-----BEGIN ` in base 64: a key or certificate, encoded once more. */
const encodedPem = /LS0tLS1CRUdJTi[A-Za-z0-9+/]+/;

/** A glance, before the search: every format has one of these, but for a token in which no letter happens to be a capital. */
const glance = /[A-Z_@="]/;

/** Whether a text is worth a search: most are words and names. */
export function mayBeSecret(text: string): boolean {
  return text.length >= shortestSecret && glance.test(text);
}

/** What is secret in a text by its looks, in words that do not give it away; `undefined` where nothing is. */
export function secretInText(text: string): string | undefined {
  if (!mayBeSecret(text)) return undefined;
  if (anyTokenFormat.test(text)) return secretOfFormat(text);
  const [pem] = encodedPem.exec(text) ?? [];
  if (pem !== undefined) {
    const decoded = Buffer.from(pem.slice(0, 80), "base64").toString("latin1");
    return decoded.includes("PRIVATE KEY") ? "a private key in base 64" : undefined;
  }
  const length = randomTextLength(text);
  return length === undefined ? undefined : `a random text of ${length} characters`;
}

function secretOfFormat(text: string): string | undefined {
  for (const { title, pattern, prefixed } of tokenFormats) {
    const [found] = pattern.exec(text) ?? [];
    if (found === undefined) continue;
    return prefixed ? `${title} of ${found.length} characters that starts with '${found.slice(0, 4)}'` : title;
  }
  return undefined;
}
