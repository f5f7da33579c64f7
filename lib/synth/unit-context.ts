import type { ClusterDefinition } from "../definition/cluster.ts";
import type { ClusterSystemDefinition } from "../definition/cluster-system.ts";
import type { EnvironmentDefinition } from "../definition/environment.ts";
import { namespaceOf } from "../definition/namespace-of.ts";
import type { SystemDefinition } from "../definition/system.ts";
import type { UnitContext, UnitImages, UnitSealedValues } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { label } from "../manifest/labels.ts";

/** What a unit of a system in an environment is told about its place, before its calls and its sync wave. */
export function unitContext(place: {
  readonly system: SystemDefinition;
  readonly environment: EnvironmentDefinition;
  readonly cluster: ClusterDefinition;
  readonly unit: string;
  readonly images: UnitImages;
  readonly sealed: UnitSealedValues;
}): UnitContext {
  const { system, environment, cluster, unit, images, sealed } = place;
  return {
    system: system.name,
    unit,
    namespace: namespaceOf(system, environment),
    labels: { ...unitLabels(system, unit), [label.environment]: environment.name },
    annotations: {},
    images,
    sealed,
    host: `${unit}.${environment.domain}`,
    cluster,
    calls: { from: [], to: [] },
    ...(environment.secretStore && { secretStore: environment.secretStore }),
    ...(system.mesh && { mesh: system.mesh }),
  };
}

/** What a unit of a cluster-wide system is told about its place. It has no image pins: those belong to environments. */
export function clusterUnitContext(place: {
  readonly system: ClusterSystemDefinition;
  readonly cluster: ClusterDefinition;
  readonly unit: string;
  readonly namespace: string;
  readonly domain: string;
}): UnitContext {
  const { system, cluster, unit, namespace, domain } = place;
  return {
    system: system.name,
    unit,
    namespace,
    labels: unitLabels(system, unit),
    annotations: {},
    images: noImages,
    sealed: noSealedValues,
    host: `${unit}.${domain}`,
    cluster,
    calls: { from: [], to: [] },
  };
}

const noImages: UnitImages = {
  take: () => {
    throw new UserError("a unit of a cluster-wide system has no image pins", { hint: "run it as a service of a system instead" });
  },
};

const noSealedValues: UnitSealedValues = {
  take: () => {
    throw new UserError("a unit of a cluster-wide system has no sealed values", {
      hint: "they belong to environments: use an external secret",
    });
  },
};

function unitLabels(system: SystemDefinition | ClusterSystemDefinition, unit: string): Record<string, string> {
  return {
    [label.name]: unit,
    [label.partOf]: system.name,
    [label.managedBy]: "keelson",
    [label.team]: system.team.name,
  };
}
