import type { ClusterDefinition } from "../../definition/cluster.ts";
import type { ImagePolicy } from "../../definition/environment-policy.ts";
import { imageAdmission } from "../../definition/image-admission.ts";
import type { TrustPolicy } from "../../definition/trust-policy.ts";
import type { DefinitionFacts } from "../../manifest/definition-facts.ts";
import type { Owner } from "../../manifest/manifest.ts";

/** What is asked of the images of a unit. */
export interface AskedOfImages {
  readonly trust: TrustPolicy;
  readonly policy: Pick<ImagePolicy, "digest">;
  readonly cluster: ClusterDefinition;
}

/** Finds what is asked of a unit's images; nothing on clusters without a trust policy, and outside of systems' namespaces. */
export function askedOfImages(definitions: DefinitionFacts): (owner: Owner) => AskedOfImages | undefined {
  const systems = new Map(definitions.definitions.systems.map((system) => [system.name, system]));
  // the objects of a unit share their owner
  const known = new Map<Owner, AskedOfImages | undefined>();
  return (owner) => {
    if (!known.has(owner)) known.set(owner, look(owner));
    return known.get(owner);
  };

  function look(owner: Owner): AskedOfImages | undefined {
    if (owner.scope !== "environment") return undefined;
    const [system, environment, cluster] = [systems.get(owner.system), definitions.environmentOf(owner), definitions.clusterOf(owner)];
    if (system === undefined || environment === undefined || cluster?.trust === undefined) return undefined;
    return { trust: cluster.trust, policy: imageAdmission(system, environment, cluster), cluster };
  }
}
