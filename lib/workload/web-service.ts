import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import type { ContainerProps } from "./container.ts";
import { PodConfig } from "./pod-config.ts";
import { Probe } from "./probe.ts";
import { WorkloadServiceAccount } from "./service-account.ts";
import { WebFront, type WebFrontProps, webServicePorts } from "./web-front.ts";
import { type DeploymentProps, WorkloadDeployment } from "./workload-deployment.ts";

/** A service that answers HTTP. */
export interface WebServiceProps extends DeploymentProps, WebFrontProps {}

/** The main container of a web service: its ports, and `/healthz` and `/readyz` as probes unless the author says otherwise. */
export function webServiceContainer(props: WebServiceProps): ContainerProps {
  return {
    ...props,
    livenessProbe: props.livenessProbe ?? Probe.httpGet("/healthz"),
    readinessProbe: props.readinessProbe ?? Probe.httpGet("/readyz"),
    ports: webServicePorts(props),
  };
}

/** A Deployment, Service, ServiceAccount and NetworkPolicy, and what else the props ask for. */
export class WebService extends Construct {
  static servedPorts(props: WebServiceProps): Record<string, number> {
    return webServicePorts(props);
  }

  constructor(scope: Construct, id: string, props: WithContext<WebServiceProps>) {
    super(scope, id);
    const { context } = props;
    const name = context.unit;
    new WorkloadServiceAccount(this, "service-account", { ...props.serviceAccount, context, name });
    new WorkloadDeployment(this, "workload", {
      context,
      name,
      own: props,
      main: webServiceContainer(props),
      config: new PodConfig(this, "config", props),
    });
    new WebFront(this, "front", props);
  }
}
