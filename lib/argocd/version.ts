import { UserError } from "../errors/user-error.ts";

/**
 * Orders two Argo CD versions: negative when `a` is older, zero when they are the same, positive when `a` is newer. A part that is left out is 0.
 *
 * @param a - `3.5.3`, or `3.5`
 * @param b - as `a`
 * @throws UserError when one is no version
 */
export function compareVersions(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  const differing = left.findIndex((part, index) => part !== right[index]);
  return differing < 0 ? 0 : (left[differing] ?? 0) - (right[differing] ?? 0);
}

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

function parts(version: string): readonly [number, number, number] {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?$/.exec(version);
  if (match === null) {
    throw new UserError(`the Argo CD version '${version}' is not a version`, { hint: "write all three numbers, for example '3.5.3'" });
  }
  return [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}
