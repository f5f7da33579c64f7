import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { IstioGateway } from "../../lib/traffic/istio-gateway.ts";
import type { IstioGatewayProps } from "../../lib/traffic/istio-gateway.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const plain = bookshopContext();
const context = bookshopContext({
  cluster: {
    ...plain.cluster,
    mesh: {
      mode: "sidecar",
      controlPlane: NetworkPeer.namespace("istio-system"),
      ingressGateway: { namespace: "istio-ingress", labels: { istio: "ingress" } },
    },
  },
});

function render(props: IstioGatewayProps, where = context) {
  return renderOne((scope) => new IstioGateway(scope, "gateway", { context: where, ...props }));
}

describe("IstioGateway", () => {
  test("opens plain HTTP on the cluster's ingress gateway, for this namespace alone", () => {
    expect(render({ name: "bookshop", hosts: ["bookshop.example"] })).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "bookshop", namespace: "bookshop-dev", labels: context.labels },
      spec: {
        selector: { istio: "ingress" },
        servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["./bookshop.example"] }],
      },
    });
  });

  test("every prop reaches the manifest", () => {
    const props: Required<IstioGatewayProps> = {
      name: "storefront",
      hosts: ["bookshop.example", "www.bookshop.example"],
      selector: { istio: "storefront" },
      credentialName: "bookshop-certificate",
    };
    const hosts = ["./bookshop.example", "./www.bookshop.example"];
    const object = render(props, plain);
    expect(object.metadata.name).toBe("storefront");
    expect(object.spec).toEqual({
      selector: { istio: "storefront" },
      servers: [
        { port: { number: 80, name: "http", protocol: "HTTP" }, hosts, tls: { httpsRedirect: true } },
        { port: { number: 443, name: "https", protocol: "HTTPS" }, hosts, tls: { mode: "SIMPLE", credentialName: "bookshop-certificate" } },
      ],
    });
  });

  test("fails without a host", () => {
    expect(caught(() => render({ name: "bookshop", hosts: [] }))).toBe("Istio gateway 'bookshop' has no host");
  });

  test("fails where neither the author nor the cluster says which Pods", () => {
    expect(caught(() => render({ name: "bookshop", hosts: ["bookshop.example"] }, plain))).toBe(
      "Istio gateway 'bookshop' does not know the gateway's Pods\nhint: give a selector, or declare the mesh of the cluster in its definition",
    );
  });
});
