import { fieldsOf } from "./fields-of.ts";
import { entriesOf } from "./entries-of.ts";
import type { PodSpecDocument } from "./pod-spec.ts";

/** Quantities as they are written, by resource: `cpu`, `memory`. */
export type WrittenAmounts = Readonly<Record<string, string | number>>;

/** What a container says of its resources. @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
export interface ResourcesDocument {
  readonly requests?: WrittenAmounts;
  readonly limits?: WrittenAmounts;
}

/** A container and what it says of its resources. */
export interface ContainerResources {
  readonly name: string;
  readonly requests: WrittenAmounts;
  readonly limits: WrittenAmounts;
  /** Whether it runs to its end before the others start, and so shares what they ask for. */
  readonly init: boolean;
}

interface ResourcedContainer {
  readonly name?: string;
  readonly restartPolicy?: string;
  readonly resources?: ResourcesDocument;
}

/** Every container of a Pod, init containers last. */
export function containerResources(pod: PodSpecDocument | undefined): ContainerResources[] {
  const { containers, initContainers } = fieldsOf(
    pod as { containers?: readonly ResourcedContainer[]; initContainers?: readonly ResourcedContainer[] } | undefined,
  );
  return [
    ...entriesOf(containers).map((container) => resourcesOf(container, false)),
    ...entriesOf(initContainers).map((container) => resourcesOf(container, container.restartPolicy !== "Always")),
  ];
}

/** What is asked for the Pod as a whole, which then need not be asked for each container. */
export function podRequests(pod: PodSpecDocument | undefined): WrittenAmounts {
  const { resources } = fieldsOf(pod as { resources?: ResourcesDocument } | undefined);
  return fieldsOf(fieldsOf(resources).requests) as WrittenAmounts;
}

function resourcesOf({ name = "", resources }: ResourcedContainer, init: boolean): ContainerResources {
  const { requests, limits } = fieldsOf(resources);
  return { name, requests: fieldsOf(requests) as WrittenAmounts, limits: fieldsOf(limits) as WrittenAmounts, init };
}
