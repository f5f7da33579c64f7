import { Construct } from "constructs";
import { NetworkPeer } from "../definition/network-peer.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { label } from "../manifest/labels.ts";
import { CanaryRouting } from "../traffic/canary-routing.ts";
import { IstioGateway } from "../traffic/istio-gateway.ts";
import { LocalRateLimit } from "../traffic/rate-limit.ts";
import { PodConfig } from "./pod-config.ts";
import { WorkloadServiceAccount } from "./service-account.ts";
import { WebFront, webServicePorts } from "./web-front.ts";
import { webServiceContainer, type WebServiceProps } from "./web-service.ts";
import { WorkloadDeployment } from "./workload-deployment.ts";

/** A web service that runs two versions side by side behind an Istio mesh; the pins are `<service>` and `<service>@canary`. */
export interface CanaryServiceProps extends Omit<WebServiceProps, "ingress" | "httpRoute"> {
  /** The part of the requests that the canary takes, 0 to 100; the stable version takes the rest. */
  readonly canaryWeight: number;
  /** Pods of the canary. @default Kubernetes' own: 1 */
  readonly canaryReplicas?: number;
  /** A way in from outside through the cluster's Istio ingress gateway. @default callers inside the mesh only */
  readonly gateway?: {
    /** @default `<service>.<domain of the environment>` */
    readonly host?: string;
    /** The Secret with the certificate, in the namespace of the gateway's Pods. @default plain HTTP */
    readonly credentialName?: string;
  };
  /** Whether the canaries of the services that call this one call its canary only, so that versions never mix. @default false */
  readonly followCallers?: boolean;
  /** Requests that each Pod takes in a minute; more are answered with 429. @default no limit */
  readonly requestsPerMinute?: number;
}

/**
 * Two Deployments behind one Service, and the routing that shares requests out between them.
 * @see https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/
 */
export class CanaryService extends Construct {
  static servedPorts(props: CanaryServiceProps): Readonly<Record<string, number>> {
    return webServicePorts(props);
  }

  /** @throws UserError when the system or its cluster has no mesh with sidecars */
  constructor(scope: Construct, id: string, props: WithContext<CanaryServiceProps>) {
    super(scope, id);
    const { context, gateway, requestsPerMinute } = props;
    const name = context.unit;
    // ambient shares requests out by weight at a waypoint only, and no construct renders one
    if (context.mesh !== "sidecar" || context.cluster.mesh === undefined) {
      throw new UserError(`a canary needs a mesh with sidecars, got mesh '${context.mesh ?? "none"}'`, {
        hint: 'say mesh: "sidecar" in the system and declare the mesh of the cluster, or make it a WebService',
      });
    }
    new WorkloadServiceAccount(this, "service-account", { ...props.serviceAccount, context, name });
    const shared = {
      context,
      name,
      main: webServiceContainer(props),
      config: new PodConfig(this, "config", props),
    };
    new WorkloadDeployment(this, "stable", { ...shared, own: props });
    new WorkloadDeployment(this, "canary", { ...shared, own: canaryOf(props), objectName: `${name}-canary`, track: "canary" });
    new WebFront(this, "front", { ...props, ...(gateway && { exposedTo: [NetworkPeer.pods(context.cluster.mesh.ingressGateway)] }) });
    this.#route(props);
    if (requestsPerMinute !== undefined) {
      new LocalRateLimit(this, "rate-limit", { context, name, podLabels: { [label.name]: name }, requestsPerMinute });
    }
  }

  #route({ context, canaryWeight, gateway, followCallers, port, ports }: WithContext<CanaryServiceProps>): void {
    const name = context.unit;
    const host = gateway?.host ?? context.host;
    if (gateway !== undefined) {
      new IstioGateway(this, "gateway", {
        context,
        name,
        hosts: [host],
        ...(gateway.credentialName !== undefined && { credentialName: gateway.credentialName }),
      });
    }
    new CanaryRouting(this, "routing", {
      context,
      name,
      canaryWeight,
      port: webServicePorts({ ...(port !== undefined && { port }), ...(ports && { ports }) }).http,
      gateways: gateway === undefined ? ["mesh"] : ["mesh", { name, host }],
      ...(followCallers === true && { pinnedSources: context.calls.from.map(({ unit }) => unit) }),
    });
  }
}

/** The canary's own props: a fixed number of Pods, without the stable version's autoscaler and budget. */
function canaryOf(props: CanaryServiceProps): WebServiceProps {
  return { ...props, autoscaling: undefined, disruptionBudget: undefined, replicas: props.canaryReplicas };
}
