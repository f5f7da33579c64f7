import type { Manifest } from "../../../lib/manifest/manifest.ts";
import type { Draft } from "./pointer.ts";

/** One way of breaking an object, tried on every object that it fits. */
export interface MutationOperator {
  /** Kebab-case, as the table and the explanations of survivors name it. */
  readonly name: string;
  /** Changes the draft, or says that it does not fit by `false`; `"deleted"` takes the whole object away. */
  readonly mutate: (draft: Draft, manifest: Manifest) => boolean | "deleted";
}

/** An operator for objects of some kinds. */
export function ofKinds(name: string, kinds: readonly string[], mutate: MutationOperator["mutate"]): MutationOperator {
  return { name, mutate: (draft, manifest) => kinds.includes(manifest.document.kind) && mutate(draft, manifest) };
}

/** Where the Pod template of a workload stands; `undefined` for every other kind. */
export function podPointer({ document }: Manifest): string | undefined {
  switch (document.kind) {
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
      return "/spec/template/spec";
    case "CronJob":
      return "/spec/jobTemplate/spec/template/spec";
    default:
      return undefined;
  }
}

/** An operator for the Pods of workloads; `mutate` is told where their spec stands. */
export function ofPods(name: string, mutate: (draft: Draft, pod: string, manifest: Manifest) => boolean): MutationOperator {
  return {
    name,
    mutate: (draft, manifest) => {
      const pod = podPointer(manifest);
      return pod !== undefined && mutate(draft, pod, manifest);
    },
  };
}

/** An operator for the first container of workloads. */
export function ofContainers(name: string, mutate: (draft: Draft, container: string, manifest: Manifest) => boolean): MutationOperator {
  return ofPods(name, (draft, pod, manifest) => mutate(draft, `${pod}/containers/0`, manifest));
}

/** Whether a manifest belongs to an environment. */
export function isIn(environment: string, { owner }: Manifest): boolean {
  return "environment" in owner && owner.environment === environment;
}
