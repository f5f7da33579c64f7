import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import type { NetworkPeer } from "../definition/network-peer.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { label } from "../manifest/labels.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { ServiceMonitor } from "../observability/service-monitor.ts";
import { type GatewayReference, HttpRoute } from "../traffic/http-route.ts";
import { HttpIngress } from "../traffic/ingress.ts";
import type { Tls } from "../traffic/tls.ts";
import { type NetworkProps, WorkloadNetworkAccess } from "./network-access.ts";
import { toServicePorts } from "./service-ports.ts";
import { type InheritedProps, SmokeTest, type SmokeTestProps, smokeTestName } from "./smoke-test.ts";

/** How a web service is reached, from inside and from outside. */
export interface WebFrontProps extends NetworkProps {
  /** The container port `http`, also the Service's. @default 8080 */
  readonly port?: number;
  /** More ports by name, in the container and the Service. @default none */
  readonly ports?: Readonly<Record<string, number>>;
  /** A way in from outside the cluster by an Ingress. @default none */
  readonly ingress?: WebIngressProps;
  /** A way in from outside the cluster by a Gateway API HTTPRoute. @default none */
  readonly httpRoute?: WebRouteProps;
  /** What Prometheus scrapes. @default nothing is scraped */
  readonly metrics?: MetricsProps;
  /** @default none */
  readonly smokeTest?: SmokeTestProps;
}

/** The public side of a web service. */
export interface WebIngressProps {
  /** @default `<service>.<domain of the environment>` */
  readonly host?: string;
  /** Path prefixes. @default ["/"] */
  readonly paths?: readonly string[];
  /** @default plain HTTP */
  readonly tls?: Tls;
  /** @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The public side of a web service by the Gateway API. */
export interface WebRouteProps {
  /** The Gateways that take the requests. */
  readonly parentRefs: readonly GatewayReference[];
  /** @default [`<service>.<domain of the environment>`] */
  readonly hostnames?: readonly string[];
  /** Path prefixes. @default ["/"] */
  readonly paths?: readonly string[];
}

/** Where a workload's metrics are. */
export interface MetricsProps {
  /** A port's name. @default "http" */
  readonly port?: string;
  /** @default "/metrics" */
  readonly path?: string;
  /** A Prometheus duration. @default Prometheus' own */
  readonly interval?: string;
}

/** The ports that a web service serves, by name; `http` first. */
export interface WebPorts extends Readonly<Record<string, number>> {
  readonly http: number;
}

/**
 * The ports that a web service serves, by name; `http` first.
 *
 * @throws UserError when `ports` names `http` too
 */
export function webServicePorts(props: Pick<WebFrontProps, "port" | "ports">): WebPorts {
  if (props.ports?.http !== undefined) {
    throw new UserError("the further ports of a web service name 'http' again", { hint: "its number is the prop port" });
  }
  return { http: props.port ?? 8080, ...props.ports };
}

/** The author's props, and who else brings traffic from outside: a mesh's ingress gateway. */
type FrontProps = WithContext<WebFrontProps & InheritedProps> & { readonly exposedTo?: readonly NetworkPeer[] };

/** Everything of a web service but what runs: Service, ways in, NetworkPolicy, ServiceMonitor and smoke test. */
export class WebFront extends Construct {
  /** @throws UserError when two ports have one number, or the metrics are on a port that is not served */
  constructor(scope: Construct, id: string, props: FrontProps) {
    super(scope, id);
    const { context, metrics, smokeTest } = props;
    const name = context.unit;
    const ports = webServicePorts(props);
    new k8s.KubeService(this, "service", {
      metadata: objectMetadata(context, name, props.ingress && { annotations: { ...context.cluster.ingress.serviceAnnotations } }),
      spec: {
        selector: { [label.name]: name },
        ports: toServicePorts(name, ports),
      },
    });
    this.#waysIn(props, ports);
    new WorkloadNetworkAccess(this, "network-access", {
      context,
      name,
      own: props,
      ports,
      ...exposure(props, ports),
      ...(metrics && { metricsPort: metricsPort(name, metrics, ports) }),
      ...(smokeTest && { callers: [smokeTestName(name)] }),
    });
    if (metrics !== undefined) {
      new ServiceMonitor(this, "service-monitor", {
        context,
        name,
        selector: { [label.name]: name },
        port: metrics.port ?? "http",
        path: metrics.path ?? "/metrics",
        ...(metrics.interval !== undefined && { interval: metrics.interval }),
      });
    }
    if (smokeTest !== undefined) new SmokeTest(this, "smoke-test", { context, service: name, own: smokeTest, pod: props, ports });
  }

  #waysIn({ context, ingress, httpRoute }: WithContext<WebFrontProps>, ports: WebPorts): void {
    const name = context.unit;
    if (ingress !== undefined) {
      new HttpIngress(this, "ingress", {
        context,
        name,
        class: context.cluster.ingress.class,
        host: ingress.host ?? context.host,
        serviceName: name,
        portName: "http",
        ...(ingress.paths && { paths: ingress.paths }),
        ...(ingress.tls && { tls: ingress.tls }),
        ...(ingress.annotations && { annotations: ingress.annotations }),
      });
    }
    if (httpRoute !== undefined) {
      new HttpRoute(this, "http-route", {
        context,
        name,
        parentRefs: httpRoute.parentRefs,
        hostnames: httpRoute.hostnames ?? [context.host],
        rules: (httpRoute.paths ?? ["/"]).map((path) => ({ path, serviceName: name, port: ports.http })),
      });
    }
  }
}

function exposure(
  { context, ingress, httpRoute, exposedTo }: FrontProps,
  ports: WebPorts,
): { exposed?: { from: readonly NetworkPeer[]; port: number } } {
  const from = [...(ingress === undefined && httpRoute === undefined ? [] : context.cluster.ingress.from), ...(exposedTo ?? [])];
  return from.length === 0 ? {} : { exposed: { from, port: ports.http } };
}

function metricsPort(name: string, { port = "http" }: MetricsProps, ports: WebPorts): number {
  const number = ports[port];
  if (number !== undefined) return number;
  throw new UserError(`the metrics of '${name}' are on port '${port}', which it does not serve`, {
    hint: `its ports are: ${Object.keys(ports)
      .map((known) => `'${known}'`)
      .join(", ")}`,
  });
}
