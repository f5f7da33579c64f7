import type { EnvironmentDefinition } from "../../definition/environment.ts";
import { namespaceOf } from "../../definition/namespace-of.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { documentDifferences, type EnvironmentDocuments, type DocumentDifference } from "../../promotion/document-differences.ts";

/** A system in an environment, with what it renders there. */
export interface RenderedThere {
  readonly environment: EnvironmentDefinition;
  readonly manifests: readonly Manifest[];
}

/**
 * What differs between two environments for services of a system, and for what runs their images, beside the images. Each cluster of the second is held
 * beside the first cluster of the first.
 *
 * @param services - by name
 */
export function environmentDifferences(
  system: SystemDefinition,
  services: ReadonlySet<string>,
  from: RenderedThere,
  to: RenderedThere,
): DocumentDifference[] {
  const units = new Set(system.services.filter(({ name, imageOf }) => services.has((imageOf ?? { name }).name)).map(({ name }) => name));
  const [first] = from.environment.clusters;
  const before = documentsOn(first.name, system, units, from);
  const all = to.environment.clusters.flatMap(({ name }) => documentDifferences(before, documentsOn(name, system, units, to)));
  return [...new Map(all.map((difference) => [JSON.stringify(difference), difference])).values()];
}

function documentsOn(
  cluster: string,
  system: SystemDefinition,
  units: ReadonlySet<string>,
  { environment, manifests }: RenderedThere,
): EnvironmentDocuments {
  const own = manifests.filter(({ owner }) => owner.scope === "environment" && owner.cluster === cluster && units.has(owner.unit));
  return {
    documents: own.map(({ document }) => document),
    names: [namespaceOf(system, environment), environment.domain, environment.name],
  };
}
