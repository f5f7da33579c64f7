import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import type { SecretStoreDefinition } from "./secret-store.ts";

/** A store, and who may read from it. */
export interface ServedSecretStore {
  readonly store: SecretStoreDefinition;
  /** The only namespaces whose ExternalSecrets may name the store. */
  readonly namespaces: readonly string[];
  /** The clusters that need it. @default every cluster that the unit is on */
  readonly clusters?: readonly string[];
}

/** What an author says of {@link ClusterSecretStores}. */
export interface ClusterSecretStoresProps {
  readonly stores: readonly ServedSecretStore[];
}

/**
 * The ClusterSecretStores of a cluster, each open to the namespaces that need it and to no other.
 *
 * @throws UserError when a store serves no namespace, or two have one name
 * @see https://external-secrets.io/latest/api/clustersecretstore/
 */
export class ClusterSecretStores extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<ClusterSecretStoresProps>) {
    super(scope, id);
    const seen = new Set<string>();
    const here = props.stores.filter(({ clusters }) => clusters?.includes(props.context.cluster.name) ?? true);
    for (const { store, namespaces } of here) {
      if (seen.has(store.name)) throw new UserError(`the secret store '${store.name}' is listed twice`);
      seen.add(store.name);
      if (namespaces.length === 0) {
        throw new UserError(`the secret store '${store.name}' serves no namespace`, {
          hint: "a store without a condition serves every namespace: list those that need it",
        });
      }
      new ApiObject(this, store.name, {
        apiVersion: "external-secrets.io/v1",
        kind: store.kind,
        metadata: objectMetadata(props.context, store.name, { clusterScoped: true }),
        spec: { provider: store.provider.spec, conditions: [{ namespaces: [...new Set(namespaces)].sort() }] },
      });
    }
  }
}
