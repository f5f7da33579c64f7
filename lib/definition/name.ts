import { UserError } from "../errors/user-error.ts";

/**
 * Checks a name that becomes part of Kubernetes names and of paths under `dist/`.
 *
 * @param what - the thing in the author's words, for the error: `service`, `system` …
 * @throws UserError when it is no DNS label that starts with a letter, or is longer than `most`
 */
export function requireName(what: string, name: string, most = 40): void {
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) || name.length > most) {
    throw new UserError(`the ${what} name '${name}' cannot be used`, {
      hint: `use at most ${most} lower-case letters, digits and '-', starting with a letter and ending with a letter or digit`,
    });
  }
}

/**
 * Checks that a list names nothing twice.
 *
 * @param what - the thing and its list, for the error: `service of system 'shop'`
 * @throws UserError on the first name that stands twice
 */
export function requireUniqueNames(what: string, list: readonly { readonly name: string }[]): void {
  const names = list.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UserError(`the ${what} '${twice}' is listed twice`);
}
