import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";

/** What an author says of an {@link IstioGateway}. */
export interface IstioGatewayProps {
  readonly name: string;
  /** The public hosts; only VirtualServices of the same namespace may answer for them. */
  readonly hosts: readonly string[];
  /** Labels of the gateway's Pods. @default those of the cluster's ingress gateway */
  readonly selector?: Readonly<Record<string, string>>;
  /**
   * The Secret with the certificate, in the namespace of the gateway's Pods; plain HTTP is then redirected.
   * @default plain HTTP
   */
  readonly credentialName?: string;
}

/**
 * Opens public hosts on the Pods of an Istio ingress gateway: port 80, and 443 with a certificate.
 *
 * @throws UserError when there is no host, or neither a selector nor a mesh on the cluster
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class IstioGateway extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<IstioGatewayProps>) {
    super(scope, id);
    const { context, name, credentialName } = props;
    if (props.hosts.length === 0) throw new UserError(`Istio gateway '${name}' has no host`);
    const selector = props.selector ?? context.cluster.mesh?.ingressGateway.labels;
    if (selector === undefined) {
      throw new UserError(`Istio gateway '${name}' does not know the gateway's Pods`, {
        hint: "give a selector, or declare the mesh of the cluster in its definition",
      });
    }
    // "./" keeps other namespaces from answering for the host
    const hosts = props.hosts.map((host) => `./${host}`);
    const http = { port: { number: 80, name: "http", protocol: "HTTP" }, hosts };
    const https = { port: { number: 443, name: "https", protocol: "HTTPS" }, hosts };
    new ApiObject(this, "gateway", {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: objectMetadata(context, name),
      spec: {
        selector,
        servers:
          credentialName === undefined
            ? [http]
            : [
                { ...http, tls: { httpsRedirect: true } },
                { ...https, tls: { mode: "SIMPLE", credentialName } },
              ],
      },
    });
  }
}
