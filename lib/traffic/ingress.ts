import { Construct } from "constructs";
import { k8s } from "cdk8s-plus-28";
import type { IngressClass } from "../definition/ingress-class.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import type { Tls } from "./tls.ts";

/** What an author says of an {@link HttpIngress}. */
export interface HttpIngressProps {
  readonly name: string;
  readonly class: IngressClass;
  /** The public host. */
  readonly host: string;
  /** Path prefixes that lead to the Service. @default ["/"] */
  readonly paths?: readonly string[];
  /** A Service of the same namespace. */
  readonly serviceName: string;
  /** The Service's port, by name. */
  readonly portName: string;
  /** @default plain HTTP */
  readonly tls?: Tls;
  /** What the Ingress controller reads. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * One public host that leads to one Service.
 *
 * @throws UserError when there is no path, or one does not start with `/`
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export class HttpIngress extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<HttpIngressProps>) {
    super(scope, id);
    const { context, name, class: ingressClass, host, paths = ["/"], serviceName, portName, tls, annotations } = props;
    requirePaths(name, paths);
    new k8s.KubeIngress(this, "ingress", {
      metadata: objectMetadata(context, name, {
        annotations: {
          ...(ingressClass.field === "annotation" && { "kubernetes.io/ingress.class": ingressClass.name }),
          ...annotations,
          ...(tls?.clusterIssuer !== undefined && { "cert-manager.io/cluster-issuer": tls.clusterIssuer }),
        },
      }),
      spec: {
        ...(ingressClass.field === "spec" && { ingressClassName: ingressClass.name }),
        ...(tls && { tls: [{ hosts: [host], secretName: tls.secretName ?? `${name}-tls` }] }),
        rules: [
          {
            host,
            http: {
              paths: paths.map((path) => ({
                path,
                pathType: "Prefix",
                backend: { service: { name: serviceName, port: { name: portName } } },
              })),
            },
          },
        ],
      },
    });
  }
}

function requirePaths(name: string, paths: readonly string[]): void {
  if (paths.length === 0) throw new UserError(`ingress '${name}' has no path`, { hint: "leave paths out for '/'" });
  for (const path of paths) {
    if (!path.startsWith("/")) throw new UserError(`the path '${path}' of ingress '${name}' does not start with '/'`);
  }
}
