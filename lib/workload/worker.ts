import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { type NetworkProps, WorkloadNetworkAccess } from "./network-access.ts";
import { PodConfig } from "./pod-config.ts";
import { WorkloadServiceAccount } from "./service-account.ts";
import { type DeploymentProps, WorkloadDeployment } from "./workload-deployment.ts";

/** A program that takes work from elsewhere and is called by nobody. */
export interface WorkerProps extends DeploymentProps, NetworkProps {}

/** A Deployment without a Service, its ServiceAccount and NetworkPolicy. */
export class Worker extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<WorkerProps>) {
    super(scope, id);
    const { context, ports } = props;
    const name = context.unit;
    new WorkloadServiceAccount(this, "service-account", { ...props.serviceAccount, context, name });
    new WorkloadDeployment(this, "workload", {
      context,
      name,
      own: props,
      main: props,
      config: new PodConfig(this, "config", props),
    });
    new WorkloadNetworkAccess(this, "network-access", { context, name, own: props, ports });
  }
}
