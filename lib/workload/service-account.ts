import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import type { UnitContext } from "../definition/workload-class.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";

/** The identity of a workload's Pods; every workload has one of its own. */
export interface ServiceAccountProps {
  /** Cloud identities: `{ "iam.gke.io/gcp-service-account": "orders@acme-shop.iam.gserviceaccount.com" }`. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Whether Pods get a token for the Kubernetes API. @default false */
  readonly automountToken?: boolean;
}

/** A ServiceAccount named after its workload. @see https://kubernetes.io/docs/concepts/security/service-accounts/ */
export class WorkloadServiceAccount extends Construct {
  constructor(scope: Construct, id: string, props: ServiceAccountProps & { readonly context: UnitContext; readonly name: string }) {
    super(scope, id);
    new k8s.KubeServiceAccount(this, "service-account", {
      metadata: objectMetadata(props.context, props.name, { annotations: props.annotations }),
      // said here and left out of the Pod, where it would only repeat this
      automountServiceAccountToken: props.automountToken ?? false,
    });
  }
}
