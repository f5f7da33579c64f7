import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { gatewayExists } from "../../../lib/validation/rules/gateway-exists.ts";
import { manifest, platform, reported } from "../../support/manifests.ts";

const istio = "networking.istio.io/v1";
const gatewayApi = "gateway.networking.k8s.io/v1";
const edgeNamespace = manifest({ kind: "Namespace", metadata: { name: "edge", namespace: undefined } }, platform);
const written = "hint: write it as <namespace>/<name> where it is in another namespace";

function istioGateway(name: string, namespace = "bookshop-dev"): Manifest {
  return manifest({ apiVersion: istio, kind: "Gateway", metadata: { name, namespace } });
}

function virtualService(...gateways: unknown[]): Manifest {
  return manifest({ apiVersion: istio, kind: "VirtualService", spec: { gateways } });
}

function gateway(listeners: unknown = [{ name: "https", port: 443 }], namespace = "bookshop-dev"): Manifest {
  return manifest({ apiVersion: gatewayApi, kind: "Gateway", metadata: { name: "public", namespace }, spec: { listeners } });
}

function route(parent: object, kind = "HTTPRoute"): Manifest {
  return manifest({ apiVersion: gatewayApi, kind, spec: { parentRefs: [{ name: "public", ...parent }] } });
}

describe("gateway-exists, of Istio", () => {
  const says = "VirtualService bookshop-dev/catalogue is for Gateway";

  test("lets gateways pass in every way that they are written, and the mesh", () => {
    const service = virtualService(
      "mesh",
      "public",
      "./public",
      "bookshop-dev/public",
      "edge/shared",
      "shared.edge",
      "shared.edge.svc.cluster.local",
    );
    expect(reported(gatewayExists, [edgeNamespace, istioGateway("public"), istioGateway("shared", "edge"), service])).toEqual([]);
  });

  test.each([
    ["public", "bookshop-dev"],
    ["./public", "bookshop-dev"],
    ["edge/public", "edge"],
    ["public.edge", "edge"],
    ["public.edge.svc.cluster.local", "edge"],
  ])("reports a gateway that nothing makes: %s", (name, namespace) => {
    expect(reported(gatewayExists, [edgeNamespace, virtualService(name)])).toEqual([
      `${says} '${name}', which nothing makes in '${namespace}'\n${written}`,
    ]);
  });

  test("names the nearest", () => {
    expect(reported(gatewayExists, [istioGateway("public"), virtualService("publik")])).toEqual([
      `${says} 'publik', which nothing makes in 'bookshop-dev'\n${written}, or mend the name; the nearest there: 'public'`,
    ]);
  });

  test("reports the gateway of a single route, once", () => {
    const match = [{ gateways: ["public", "mesh"] }, { gateways: ["public"] }];
    for (const protocol of ["http", "tls", "tcp"]) {
      const service = manifest({ apiVersion: istio, kind: "VirtualService", spec: { [protocol]: [{ match }] } });
      expect(reported(gatewayExists, [service])).toEqual([`${says} 'public', which nothing makes in 'bookshop-dev'\n${written}`]);
    }
  });

  test("says nothing of gateways in namespaces that nobody declares", () => {
    expect(reported(gatewayExists, [virtualService("istio-ingress/public")])).toEqual([]);
  });

  test("does not take a Gateway of the Gateway API for one of Istio", () => {
    expect(reported(gatewayExists, [gateway(), virtualService("public")])).toHaveLength(1);
  });

  test("does not trip over a spec that is none", () => {
    const broken = manifest({ apiVersion: istio, kind: "VirtualService", spec: { gateways: 1, http: [{ match: "x" }], tls: 1 } });
    expect(reported(gatewayExists, [broken, virtualService(1)])).toEqual([]);
  });
});

describe("gateway-exists, of the Gateway API", () => {
  const says = "HTTPRoute bookshop-dev/catalogue is for Gateway 'public'";

  test.each([
    ["any listener", {}],
    ["a listener by name", { sectionName: "https" }],
    ["a listener by port", { port: 443 }],
  ])("lets a route pass that is for %s of a Gateway", (_title, parent) => {
    expect(reported(gatewayExists, [gateway(), route(parent)])).toEqual([]);
  });

  test.each(["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"])("reports a Gateway that nothing makes: of a %s", (kind) => {
    expect(reported(gatewayExists, [istioGateway("public"), route({}, kind)])).toEqual([
      `${kind} bookshop-dev/catalogue is for Gateway 'public', which nothing makes in 'bookshop-dev'\nhint: say the namespace that it is in`,
    ]);
  });

  test("names the nearest Gateway of the namespace that is meant", () => {
    expect(reported(gatewayExists, [edgeNamespace, gateway(undefined, "edge"), route({ name: "publik", namespace: "edge" })])).toEqual([
      "HTTPRoute bookshop-dev/catalogue is for Gateway 'publik', which nothing makes in 'edge'\nhint: say the namespace that it is in, or mend the name; the nearest there: 'public'",
    ]);
  });

  test.each([
    [{ sectionName: "http" }, " 'http'"],
    [{ port: 80 }, " on port 80"],
    [{ sectionName: "https", port: 80 }, " 'https' on port 80"],
  ])("reports a listener that the Gateway has not: %j", (parent, listener) => {
    expect(reported(gatewayExists, [gateway(), route(parent)])).toEqual([
      `${says}, which has no listener${listener}\nhint: its listeners are 'https' (443)`,
    ]);
  });

  test("reports a Gateway without any listener", () => {
    expect(reported(gatewayExists, [gateway([]), route({})])).toEqual([
      `${says}, which has no listener\nhint: give the Gateway a listener`,
    ]);
  });

  test.each(["All", "Selector"])("lets a route of another namespace pass that a listener lets in: %s", (from) => {
    const listeners = [
      { name: "http", port: 80 },
      { name: "https", port: 443, allowedRoutes: { namespaces: { from } } },
    ];
    const open = gateway(listeners, "edge");
    expect(reported(gatewayExists, [edgeNamespace, open, route({ namespace: "edge" })])).toEqual([]);
  });

  test.each([undefined, "Same", "None"])("reports a route of another namespace that no listener lets in: %s", (from) => {
    const closed = gateway([{ name: "https", port: 443, ...(from && { allowedRoutes: { namespaces: { from } } }) }], "edge");
    expect(reported(gatewayExists, [edgeNamespace, closed, route({ namespace: "edge" })])).toEqual([
      `${says} in 'edge', none of whose listeners lets in routes of 'bookshop-dev'\nhint: say allowedRoutes.namespaces of the listener: it lets in routes of its own namespace only`,
    ]);
  });

  test("compares a Service that a route is for, and its port", () => {
    const parent = { group: "", kind: "Service", name: "catalogue" };
    const service = manifest({ kind: "Service", spec: { ports: [{ name: "http", port: 80 }] } });
    const two = manifest({ kind: "Service", spec: { ports: [{ port: 80 }, { port: 81 }] } });
    expect(reported(gatewayExists, [service, route({ ...parent, port: 80 }), route(parent)])).toEqual([]);
    expect(reported(gatewayExists, [two, route({ ...parent, port: 80 })])).toEqual([]);
    expect(reported(gatewayExists, [service, route({ ...parent, port: 8080 })])).toEqual([
      "HTTPRoute bookshop-dev/catalogue is for Service 'catalogue', which has no port 8080\nhint: the Service has 'http' (80)",
    ]);
    expect(reported(gatewayExists, [route(parent)])).toEqual([
      "HTTPRoute bookshop-dev/catalogue is for Service 'catalogue', which nothing makes in 'bookshop-dev'\nhint: say the namespace that it is in",
    ]);
  });

  test("says nothing of parents of other kinds, or in namespaces that nobody declares", () => {
    expect(
      reported(gatewayExists, [
        route({ kind: "ListenerSet" }),
        route({ group: "example.org", kind: "Service" }),
        route({ group: "", kind: "ConfigMap" }),
        route({ group: "example.org" }),
        route({ namespace: "istio-ingress" }),
      ]),
    ).toEqual([]);
  });

  test("does not trip over a spec that is none", () => {
    expect(
      reported(gatewayExists, [
        gateway("none"),
        manifest({ apiVersion: gatewayApi, kind: "HTTPRoute", spec: { parentRefs: [1, { name: 2 }] } }),
      ]),
    ).toEqual([]);
  });
});
