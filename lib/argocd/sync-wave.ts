import { UserError } from "../errors/user-error.ts";
import { argocdAnnotation } from "../manifest/argocd-annotations.ts";

/**
 * The annotation that puts a resource into a wave: lower waves first, each healthy before the next. Orders objects inside one Application only.
 *
 * @param wave - a whole number; negative runs before resources without a wave, which are in wave 0
 * @throws UserError when it is no whole number
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export function syncWaveAnnotation(wave: number): Readonly<Record<string, string>> {
  if (!Number.isSafeInteger(wave)) throw new UserError(`the sync wave is not a whole number, got '${wave}'`);
  // `-0` is written "0".
  return { [argocdAnnotation.syncWave]: String(wave) };
}
