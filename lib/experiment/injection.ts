import type { KubernetesApi, ObjectReference } from "../cluster/kubernetes-api.ts";
import type { DriftTarget } from "./drift-target.ts";
import type { LiveDeployment } from "./live-deployment.ts";

/** What an injection is handed. */
export interface InjectionTarget {
  readonly api: KubernetesApi;
  readonly reference: ObjectReference;
  readonly target: DriftTarget;
  /** The Deployment just before. */
  readonly before: LiveDeployment;
  /** The containers of its Pod template just before, whole: a merge patch replaces lists. */
  readonly containers: readonly Readonly<Record<string, unknown>>[];
}

/** One way to damage a Deployment. */
export interface Injection {
  readonly name: string;
  /** What it does, for a person who is asked. */
  readonly does: string;
  /** What Argo CD compares with Git and so sees. */
  readonly seen: string;
  /** The changed field as a JSON pointer; `undefined`: the object itself. */
  readonly field: string | undefined;
  /** Why Argo CD would not see it on this Deployment, or not be alone in undoing it; `undefined` where it can be done. */
  readonly obstacle: (target: DriftTarget) => string | undefined;
  readonly inject: (target: InjectionTarget) => Promise<void>;
  /** Whether what was changed is as it was. */
  readonly undone: (before: LiveDeployment, now: LiveDeployment, target: DriftTarget) => boolean;
}
