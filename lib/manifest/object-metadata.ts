import type { UnitContext } from "../definition/workload-class.ts";
import type { ObjectMetadata } from "./manifest.ts";

/** What an object adds to, or leaves out of, the metadata that its unit gives it. */
export interface ObjectMetadataExtra {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** A cluster-scoped object has no namespace. @default false */
  readonly clusterScoped?: boolean;
}

/** Metadata of an object of a unit: explicit name, the unit's namespace, labels and annotations. */
export function objectMetadata(
  context: Pick<UnitContext, "namespace" | "labels" | "annotations">,
  name: string,
  extra: ObjectMetadataExtra = {},
): Omit<ObjectMetadata, "finalizers"> {
  const annotations = { ...context.annotations, ...extra.annotations };
  return {
    name,
    ...(extra.clusterScoped !== true && { namespace: context.namespace }),
    labels: { ...context.labels, ...extra.labels },
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}
