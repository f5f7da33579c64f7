import { UserError } from "../errors/user-error.ts";

/**
 * Refuses to make what is there already.
 *
 * @param what - the thing in the author's words: `system`
 * @param known - what there is of it
 * @param shown - its name for the error. @default as it is
 * @throws UserError when one has that name
 */
export function requireAbsent(what: string, name: string, known: readonly { readonly name: string }[], shown = name): void {
  if (known.some((one) => one.name === name))
    throw new UserError(`the ${what} '${shown}' exists already`, { hint: "choose another name, or edit it" });
}
