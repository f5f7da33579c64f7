import { UserError } from "../errors/user-error.ts";

/**
 * Orders two versions: negative when `a` is older, zero when they are the same, positive when `a` is newer. A part that is left out is 0.
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

function parts(version: string): readonly [number, number, number] {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?$/.exec(version);
  if (match === null) throw new UserError(`'${version}' is not a version`, { hint: "write all three numbers, for example '3.5.3'" });
  return [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}
