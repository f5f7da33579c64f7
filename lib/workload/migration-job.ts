import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import { hookAnnotations } from "../argocd/hook.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { type JobProps, jobSpec } from "./job-props.ts";
import { WorkloadNetworkAccess } from "./network-access.ts";
import { PodConfig } from "./pod-config.ts";
import { WorkloadServiceAccount } from "./service-account.ts";

/**
 * A database migration that must end well before the services change. It runs as a `Sync` hook in the service's sync wave: not as `PreSync`,
 * which would run before the database and the Secret of the same Application exist.
 * A hook alone does not make an Application OutOfSync: give the service `imageOf`, so that its image moves with the services'.
 */
export type MigrationJobProps = JobProps;

/** A Job that runs in every sync, its ServiceAccount and NetworkPolicy. @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/ */
export class MigrationJob extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<MigrationJobProps>) {
    super(scope, id);
    const { context, ports } = props;
    const name = context.unit;
    new WorkloadServiceAccount(this, "service-account", { ...props.serviceAccount, context, name });
    const config = new PodConfig(this, "config", props);
    new k8s.KubeJob(this, "job", {
      metadata: objectMetadata(context, name, { annotations: hookAnnotations({ phases: ["Sync"] }) }),
      spec: jobSpec(props, { context, name, config }),
    });
    new WorkloadNetworkAccess(this, "network-access", { context, name, own: props, ports });
  }
}
