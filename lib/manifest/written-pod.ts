import type { ContainerDocument, ContainerPort, EnvDocument, PodSpecDocument } from "./pod-spec.ts";

/** A Pod spec as somebody wrote it: also what may not stand there together. */
export interface WrittenPod extends PodSpecDocument {
  readonly containers: readonly WrittenContainer[];
  readonly initContainers?: readonly WrittenContainer[];
  readonly restartPolicy?: string;
  readonly hostNetwork?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly activeDeadlineSeconds?: number;
}

/** A container as somebody wrote it. */
export interface WrittenContainer extends ContainerDocument {
  readonly ports?: readonly WrittenPort[];
  readonly env?: readonly EnvDocument[];
  readonly lifecycle?: { readonly postStart?: HandlerDocument; readonly preStop?: HandlerDocument };
}

/** What a container does after its start or before its end, under the name of the way: `exec`, `httpGet`. */
export type HandlerDocument = Readonly<Record<string, unknown>>;

/** A port with its place on the node. */
export interface WrittenPort extends ContainerPort {
  readonly hostPort?: number;
  readonly hostIP?: string;
  /** @default "TCP" */
  readonly protocol?: string;
}
