import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { requirePort } from "./port.ts";

/** The Gateway that an {@link HttpRoute} hangs on. */
export interface GatewayReference {
  readonly name: string;
  /** @default the route's own namespace */
  readonly namespace?: string;
  /** One listener of the Gateway. @default every listener that admits the route */
  readonly sectionName?: string;
}

/** A path prefix and the Service that answers there. */
export interface HttpRouteRule {
  /** A path prefix. @default "/" */
  readonly path?: string;
  /** A Service of the same namespace. */
  readonly serviceName: string;
  /** The Service's port, by number: the Gateway API knows no port names. */
  readonly port: number;
}

/** What an author says of an {@link HttpRoute}. */
export interface HttpRouteProps {
  readonly name: string;
  readonly parentRefs: readonly GatewayReference[];
  readonly hostnames: readonly string[];
  readonly rules: readonly HttpRouteRule[];
}

/**
 * Public hosts that lead to Services through a Gateway of the Gateway API.
 * What the API server would fill into list items is written out, so that Argo CD sees no difference.
 *
 * @throws UserError when a list is empty, a path does not start with `/`, or a port is none
 * @see https://gateway-api.sigs.k8s.io/reference/api-types/httproute/
 */
export class HttpRoute extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<HttpRouteProps>) {
    super(scope, id);
    const { context, name, parentRefs, hostnames, rules } = props;
    requireSome(name, "gateway", parentRefs);
    requireSome(name, "hostname", hostnames);
    requireSome(name, "rule", rules);
    new ApiObject(this, "route", {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: objectMetadata(context, name),
      spec: { parentRefs: parentRefs.map(parentRef), hostnames: [...hostnames], rules: rules.map((rule) => routeRule(name, rule)) },
    });
  }
}

function requireSome(name: string, what: string, list: readonly unknown[]): void {
  if (list.length === 0) throw new UserError(`http route '${name}' has no ${what}`);
}

function parentRef({ name, namespace, sectionName }: GatewayReference): object {
  return {
    group: "gateway.networking.k8s.io",
    kind: "Gateway",
    name,
    ...(namespace !== undefined && { namespace }),
    ...(sectionName !== undefined && { sectionName }),
  };
}

function routeRule(name: string, { path = "/", serviceName, port }: HttpRouteRule): object {
  if (!path.startsWith("/")) throw new UserError(`the path '${path}' of http route '${name}' does not start with '/'`);
  return {
    matches: [{ path: { type: "PathPrefix", value: path } }],
    backendRefs: [{ group: "", kind: "Service", name: serviceName, port: requirePort(`http route '${name}'`, port), weight: 1 }],
  };
}
