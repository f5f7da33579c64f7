import { isLiteral, promisesSecret } from "./secret-name.ts";

/** `name=value` and, in files, `name: value`; the name may be quoted or an option. A value that goes on with a bracket is code. */
const assignment =
  /(?:^|[\s"'{,;])-{0,2}([A-Za-z][\w.-]*)["']?[ \t]*([=:])[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s,;&|"'}()]+)(?=$|[\s,;&|"'}]|\/?>)/gm;

/** `config.password`: code reads it from elsewhere. */
const member = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;

/** The beginning of a line that is a comment: a colon there is prose. */
const comment = /^\s*(?:#|--|\/\/)/;

/** A glance, before the search above: no name that promises a secret is without one of these. */
const glance = /pass|pwd|secret|token|key|credential|authorization/i;

/**
 * The name in a configuration file, a script or an argument that is given a literal though it promises a secret.
 *
 * @param separators - `=` alone in arguments, where a colon is prose
 */
export function secretAssignedIn(text: string, separators: "=" | "=:"): string | undefined {
  if (!glance.test(text)) return undefined;
  for (const { 1: name = "", 2: separator = "", 3: value = "", index } of text.matchAll(assignment)) {
    if (!separators.includes(separator) || !promisesSecret(name) || member.test(value)) continue;
    if (separator === ":" && comment.test(text.slice(text.lastIndexOf("\n", index) + 1, index + 1))) continue;
    if (isLiteral(value.replace(/^["']|["']$/g, ""))) return name;
  }
  return undefined;
}
