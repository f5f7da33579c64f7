import { UserError } from "../errors/user-error.ts";
import { argocdAnnotation, type hookDeletePolicies, type hookPhases } from "../manifest/argocd-annotations.ts";
import { requireSince } from "./require-since.ts";

/** When a hook runs: before, with, after or upon failure of a sync; before or after the Application's deletion (`PreDelete`: Argo CD 3.3 or later). */
export type HookPhase = Exclude<(typeof hookPhases)[number], "Skip">;

/** When a finished hook is deleted: once it succeeded, once it failed, or not before its next run. */
export type HookDeletePolicy = (typeof hookDeletePolicies)[number];

/** What an author says of a hook. */
export interface HookProps {
  readonly phases: readonly [HookPhase, ...HookPhase[]];
  /** @default ["BeforeHookCreation"] */
  readonly deletePolicies?: readonly [HookDeletePolicy, ...HookDeletePolicy[]];
}

/**
 * The annotations that make a resource a hook. Hooks do not run when only some resources are synced.
 *
 * @param argocdVersion - the targeted version, where the caller knows it
 * @throws UserError when a phase or a policy stands twice, or the targeted version does not know a phase
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export function hookAnnotations(hook: HookProps, argocdVersion?: string): Readonly<Record<string, string>> {
  const { phases, deletePolicies = ["BeforeHookCreation"] } = hook;
  requireOnce("hook phase", phases);
  requireOnce("hook delete policy", deletePolicies);
  if (argocdVersion !== undefined && phases.includes("PreDelete")) requireSince("argocd.argoproj.io/hook: PreDelete", "3.3", argocdVersion);
  return { [argocdAnnotation.hook]: phases.join(","), [argocdAnnotation.hookDeletePolicy]: deletePolicies.join(",") };
}

function requireOnce(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UserError(`the ${what} '${twice}' is given twice`);
}
