import { argocdAnnotation, listedIn } from "./argocd-annotations.ts";
import type { KubernetesObject } from "./manifest.ts";

/** The phases of a sync, in their order. What runs after a failure, or when the Application is deleted, is no part of it. */
const phases = ["PreSync", "Sync", "PostSync"] as const;

const wholeNumber = /^[+-]?\d+$/;

/** When a sync applies an object: phases follow one another, and the waves of a phase. @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ */
export interface SyncStep {
  readonly phase: (typeof phases)[number];
  readonly wave: number;
}

/** Whether an object is a hook: it runs with syncs, and its absence or change makes no Application OutOfSync. */
export function isHook({ metadata }: KubernetesObject): boolean {
  return metadata.annotations?.[argocdAnnotation.hook] !== undefined;
}

/** The step in which a sync first applies an object; none for hooks that no sync runs. */
export function firstStepOf({ metadata: { annotations } }: KubernetesObject): SyncStep | undefined {
  const wave = waveIn(annotations?.[argocdAnnotation.syncWave]);
  const hook = annotations?.[argocdAnnotation.hook];
  if (hook === undefined) return { phase: "Sync", wave };
  const given = listedIn(hook);
  const phase = phases.find((known) => given.includes(known));
  return phase && { phase, wave };
}

/** Whether one step comes before another. */
export function isBefore(one: SyncStep, other: SyncStep): boolean {
  const order = phases.indexOf(one.phase) - phases.indexOf(other.phase);
  return order < 0 || (order === 0 && one.wave < other.wave);
}

/** How messages name a step: `wave -1`, `wave 0 of PreSync`. */
export function stepName({ phase, wave }: SyncStep): string {
  return phase === "Sync" ? `wave ${wave}` : `wave ${wave} of ${phase}`;
}

/** What is no whole number counts as none, as in Argo CD. */
function waveIn(text: string | undefined): number {
  return text !== undefined && wholeNumber.test(text) ? Number(text) : 0;
}
