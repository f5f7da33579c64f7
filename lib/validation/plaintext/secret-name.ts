/** Last words of a name that promise a secret, also at the end of a word without a gap: `PGPASSWORD`. */
const secretEnding = /(?:password|passwd|passphrase|passcode|apikey|authtoken|accesstoken|secretkey|privatekey|signingkey|accesskey)$/;

/** Last words that promise a secret when they stand alone. */
const secretWords: ReadonlySet<string> = new Set(["pwd", "secret", "token", "credential", "credentials", "authorization"]);

/** What a key is for, where it is no public one. */
const secretKeys: ReadonlySet<string> = new Set([
  ..."access account api app application auth encryption hmac jwt license master private secret session shared signing storage".split(" "),
]);

/** Before `secret`: the value names a Secret. */
const namingWords: ReadonlySet<string> = new Set(["existing", "image", "pull", "tls", "certificate", "ref", "password", "credentials"]);

/** What is no literal: a reference to another variable or a template, a path, an address, a resolver's own syntax, or a switch. */
const noLiteral =
  /^[$<%{*@/~.`]|\$[({]|\{\{|^[a-z][a-z0-9+.-]*:\/\/|^(?:arn|env|file|kms|ref\+\w+|secret|secretsmanager|ssm|vault):|^projects\/.|^(?:true|false|yes|no|on|off|none|null|nil|undefined|string|number|boolean|object|required|optional|bearer|basic)$/i;

/** Whether a name promises that its value is secret: `DATABASE_PASSWORD`, `apiKey`, `--auth-token`; not `TOKEN_TTL`, `PUBLIC_KEY` or `MAX_TOKENS`. */
export function promisesSecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "" && !/^(?:\d+|value|base64|b64)$/.test(word));
  const last = words.at(-1) ?? "";
  const before = words.at(-2);
  if (secretEnding.test(last)) return true;
  if (last === "secret") return before === undefined || !namingWords.has(before);
  if (last === "key") return before !== undefined && secretKeys.has(before);
  return secretWords.has(last) || (last === "pass" && before !== undefined);
}

/** Whether a text can be a secret by itself, other than a reference to one. */
export function isLiteral(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length > 1 && !noLiteral.test(trimmed);
}
