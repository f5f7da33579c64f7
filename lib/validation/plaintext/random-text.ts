/** A run of characters as encoders write them; shorter ones are names, longer ones are files. */
const run = /[A-Za-z0-9+/_-]{32,}={0,2}/g;
const longestRun = 200;

/** Blocks that are public by nature, hashes, and what its first letters tell in base 64: keys of SSH, signatures, what gzip packed. */
const publicParts =
  /-----BEGIN (?:[A-Z0-9]+ )*(?:CERTIFICATE|CERTIFICATE REQUEST|PUBLIC KEY|PUBLIC KEY BLOCK|SIGNATURE|CRL)-----[\s\S]*?-----END [A-Z0-9 ]+-----|\bsha(?:256|384|512)[-:][A-Za-z0-9+/=_-]+|ENC\[AES256_GCM,[^\]]*\]|(?:AAAA[BCEG]|ME[QUY]CI|H4sIA)[A-Za-z0-9+/]{16,}={0,2}/g;

/** In bits a character: random text in base 64 has more, words and paths have less. */
const leastEntropy = 4.3;

/** How often the kind of character changes, as a share of all steps: in random base 64 about 0.6, in `camelCase` names about 0.2. */
const leastChanges = 0.35;

/**
 * A run in a text that looks like random bytes in base 64: 32 to 200 characters with lower case, upper case and digits mixed. Hashes and identifiers in
 * hexadecimal, certificates, public keys and what SOPS encrypted are known to be none.
 *
 * @returns the run's length, or `undefined`
 */
export function randomTextLength(text: string): number | undefined {
  if (!/\d/.test(text) || !/[A-Z]/.test(text) || text.includes('"kty"')) return undefined;
  for (const [found] of text.replace(publicParts, " ").matchAll(run))
    if (found.length <= longestRun && isRandom(found)) return found.length;
  return undefined;
}

function isRandom(text: string): boolean {
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text) || (text.match(/\d/g)?.length ?? 0) < 2) return false;
  let changes = 0;
  for (let index = 1; index < text.length; index++) {
    const [before, after] = [kindOf(text.charCodeAt(index - 1)), kindOf(text.charCodeAt(index))];
    if (before !== after && before !== undefined && after !== undefined) changes++;
  }
  return changes / (text.length - 1) >= leastChanges && entropy(text) >= leastEntropy;
}

/** Of letters and digits; what separates words is none of its own, or every path would look random. */
function kindOf(code: number): "lower" | "upper" | "digit" | undefined {
  if (code >= 97) return "lower";
  if (code >= 65 && code <= 90) return "upper";
  return code >= 48 && code <= 57 ? "digit" : undefined;
}

/** Shannon's, in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
