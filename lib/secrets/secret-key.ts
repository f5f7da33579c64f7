import { UserError } from "../errors/user-error.ts";

/**
 * Checks a key of a Secret.
 *
 * @param where - the thing that has it, in the author's words: `external secret 'card-terminal'`
 * @throws UserError when the API server would refuse it
 */
export function requireSecretKey(where: string, key: string): string {
  if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key)) {
    throw new UserError(`the key '${key}' of ${where} cannot be used`, { hint: "use letters, digits, '-', '_' and '.'" });
  }
  return key;
}
