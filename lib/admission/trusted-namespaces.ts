import { imageAdmission } from "../definition/image-admission.ts";
import { namespaceOf } from "../definition/namespace-of.ts";
import type { SystemDefinition } from "../definition/system.ts";

/** A namespace of a system on a cluster, and what is asked of the images in it. */
export interface TrustedNamespace {
  readonly name: string;
  readonly cluster: string;
  readonly digest: "optional" | "required";
}

/** The namespaces of systems on all of their clusters: those that admission policies hold for, and no other. */
export function trustedNamespaces(systems: readonly SystemDefinition[]): TrustedNamespace[] {
  return systems.flatMap((system) =>
    system.environments.flatMap((environment) =>
      environment.clusters.map((cluster) => ({
        name: namespaceOf(system, environment),
        cluster: cluster.name,
        digest: imageAdmission(system, environment, cluster).digest,
      })),
    ),
  );
}
