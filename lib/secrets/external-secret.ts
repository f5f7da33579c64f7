import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { ExternalSecretSpec, RemoteReference } from "../definition/external-secret.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { compareVersions } from "../definition/compare-versions.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { defaultRefreshInterval, requireRefreshInterval } from "./refresh-interval.ts";
import { requireSecretKey } from "./secret-key.ts";
import { SecretTarget } from "./secret-target.ts";

/** The store that an {@link ExternalSecret} reads from. */
export interface SecretStoreReference {
  readonly name: string;
  readonly kind: "ClusterSecretStore" | "SecretStore";
}

/** What an author says of an {@link ExternalSecret}. */
export interface ExternalSecretProps extends Omit<ExternalSecretSpec, "type"> {
  readonly name: string;
  readonly store: SecretStoreReference;
  /** Which Secret it fills, and of what type. @default SecretTarget.owned() */
  readonly target?: SecretTarget;
  /**
   * What to do with a zero byte in a value.
   * @default "Ignore" for operators from 2.3.0 on, which would fill that in; left out for older ones, which do not know the field
   */
  readonly nullBytePolicy?: "Ignore" | "Fail";
}

/**
 * A Secret that the External Secrets Operator makes from a store; only references are in Git. A changed value reaches the Secret at the next
 * refresh, and Pods that read it as environment variables only when they start again.
 *
 * @throws UserError when there is no key, a key cannot be used, or the refresh interval is not canonical
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export class ExternalSecret extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<ExternalSecretProps>) {
    super(scope, id);
    const { context, name, store, target = SecretTarget.owned(), refreshInterval = defaultRefreshInterval } = props;
    const nullBytePolicy = props.nullBytePolicy ?? defaultNullBytePolicy(context.cluster.versions.externalSecrets);
    const data = Object.entries(props.data).sort(([a], [b]) => (a < b ? -1 : 1));
    if (data.length === 0) throw new UserError(`external secret '${name}' has no key`);
    new ApiObject(this, "external-secret", {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: objectMetadata(context, name),
      spec: {
        refreshInterval: requireRefreshInterval(`external secret '${name}'`, refreshInterval),
        secretStoreRef: { name: store.name, kind: store.kind },
        target: {
          name: target.name ?? name,
          creationPolicy: target.creationPolicy,
          deletionPolicy: "Retain",
          ...(target.template && { template: target.template }),
        },
        data: data.map(([secretKey, remote]) => ({
          secretKey: requireSecretKey(`external secret '${name}'`, secretKey),
          remoteRef: { ...remoteRef(name, remote), ...(nullBytePolicy && { nullBytePolicy }) },
        })),
      },
    });
  }
}

function defaultNullBytePolicy(operatorVersion: string | undefined): "Ignore" | undefined {
  return operatorVersion !== undefined && compareVersions(operatorVersion, "2.3.0") >= 0 ? "Ignore" : undefined;
}

/** With every field that the API server would fill in. */
function remoteRef(name: string, { key, property, version }: RemoteReference): object {
  const [, secret] = /^projects\/[^/]+\/secrets\/([^/]+)/.exec(key) ?? [];
  if (secret !== undefined) {
    throw new UserError(`external secret '${name}' names a secret by its path: got '${key}'`, {
      hint: `write key: "${secret}", and version beside it: the provider makes the path from the store's project`,
    });
  }
  return {
    key,
    ...(property !== undefined && { property }),
    ...(version !== undefined && { version }),
    conversionStrategy: "Default",
    decodingStrategy: "None",
    metadataPolicy: "None",
  };
}
