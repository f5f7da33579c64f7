import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { type SealedSecretSpec, sealingScopeOf } from "../definition/sealed-secret.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { sealingScopeAnnotations } from "../manifest/labels.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { requireSecretKey } from "./secret-key.ts";

/** What an author says of a {@link SealedSecret}. */
export interface SealedSecretProps extends SealedSecretSpec {
  readonly name: string;
}

/**
 * A Secret that the Sealed Secrets controller makes from ciphertext; only the controller of the cluster it was sealed for can open it.
 *
 * @throws UserError when there is no key, a key cannot be used or stands twice, or the scope is none
 * @see https://github.com/bitnami-labs/sealed-secrets
 */
export class SealedSecret extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<SealedSecretProps>) {
    super(scope, id);
    const { context, name, keys, type, labels } = props;
    const where = `sealed secret '${name}'`;
    if (keys.length === 0) throw new UserError(`${where} has no key`);
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice !== undefined) throw new UserError(`${where} lists the key '${twice}' twice`);
    const annotations = sealingScopeAnnotations(sealingScopeOf(name, props));
    // what the Secret needs stands in the template: nothing of the SealedSecret's own metadata reaches it
    const made = objectMetadata({ ...context, annotations: {} }, name, { annotations, ...(labels && { labels }) });
    new ApiObject(this, "sealed-secret", {
      apiVersion: "bitnami.com/v1alpha1",
      kind: "SealedSecret",
      metadata: objectMetadata(context, name, { annotations }),
      spec: {
        encryptedData: Object.fromEntries(keys.map((key) => [requireSecretKey(where, key), context.sealed.take(name, key)])),
        template: { metadata: made, ...(type !== undefined && { type }) },
      },
    });
  }
}
