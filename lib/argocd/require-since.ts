import { compareVersions } from "../definition/compare-versions.ts";
import { UserError } from "../errors/user-error.ts";
import { argocdSince } from "../manifest/component-facts.ts";

/**
 * Refuses a field that the targeted Argo CD does not know: an older one drops it without a word.
 *
 * @param field - its path, for the error
 * @param since - the first version that knows it: `3.2`
 * @param target - the targeted version: `3.5.3`
 * @throws UserError when the target is older, or one is no version
 */
export function requireSince(field: string, since: string, target: string): void {
  if (compareVersions(target, since) >= 0) return;
  throw new UserError(`'${field}' needs Argo CD ${since} or later, got '${target}'`, {
    hint: "leave it out, or raise argocdVersion of the control plane",
  });
}

/**
 * As {@link requireSince}, for a field of an Application or AppProject that the table of known fields has.
 *
 * @throws UserError when the target is older, or is no version
 */
export function requireField(field: keyof typeof argocdSince, target: string): void {
  requireSince(field, argocdSince[field], target);
}
