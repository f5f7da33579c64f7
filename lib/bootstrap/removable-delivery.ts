import { applicationKind, applicationSetKind } from "../cluster/application.ts";
import type { KubernetesApi, LiveObject } from "../cluster/kubernetes-api.ts";
import type { RegisteredEnvironment } from "../definition/definitions.ts";
import { UserError } from "../errors/user-error.ts";
import { isKeelsons } from "../manifest/labels.ts";
import { refuseWithProduction } from "./refuse-with-production.ts";

/** Where is looked, and what counts as production there. */
export interface DeliveryPlace {
  readonly cluster: KubernetesApi;
  /** Argo CD's. */
  readonly namespace: string;
  readonly environments: readonly RegisteredEnvironment[];
}

/** What Argo CD delivers, all of which a teardown may remove. */
export interface RemovableDelivery {
  readonly applications: readonly LiveObject[];
  readonly sets: readonly LiveObject[];
}

/**
 * Lists the live Applications and ApplicationSets for a teardown, and vouches for every one of the lists.
 *
 * @throws UserError when one of them is production's, or Keelson did not make it
 */
export async function removableDelivery({ cluster, namespace, environments }: DeliveryPlace): Promise<RemovableDelivery> {
  const applications = await cluster.list(applicationKind, { namespace });
  const sets = await cluster.list(applicationSetKind, { namespace });
  refuseWithProduction(applications, environments);
  const [foreign, ...others] = [...applications, ...sets].filter(({ metadata }) => !isKeelsons(metadata.labels));
  if (foreign === undefined) return { applications, sets };
  const first = `${foreign.kind} '${foreign.metadata.name}'`;
  throw new UserError(`Keelson did not make ${first}${others.length > 0 ? ` and ${others.length} more` : ""} in '${namespace}'`, {
    hint: "move what is not Keelson's, or delete it yourself",
  });
}
