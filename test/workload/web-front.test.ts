import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { Tls } from "../../lib/traffic/tls.ts";
import {
  type MetricsProps,
  WebFront,
  type WebFrontProps,
  type WebIngressProps,
  type WebRouteProps,
  webServicePorts,
} from "../../lib/workload/web-front.ts";
import { caught } from "../support/caught.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { expectEveryPropToCount, find, renderUnit, titles } from "./rendered-unit.ts";

const render = (props: WebFrontProps) => renderUnit(WebFront, props);
const ingressOf = (ingress: WebIngressProps) => find(render({ ingress }), "Ingress catalogue");
const routeOf = (httpRoute: WebRouteProps) => find(render({ httpRoute }), "HTTPRoute catalogue");
const monitorOf = (metrics: MetricsProps) => find(render({ metrics, ports: { admin: 9091 } }), "ServiceMonitor catalogue");
const parentRefs = [{ name: "public" }];
const controller = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } } };

const every: Required<WebFrontProps> = {
  port: 8081,
  ports: { admin: 9091 },
  ingress: {},
  httpRoute: { parentRefs },
  metrics: {},
  smokeTest: {},
  egress: { mail: { to: NetworkPeer.namespace("mail"), ports: [25] } },
  ingressFrom: { reports: { from: NetworkPeer.namespace("reports") } },
};

describe("WebFront", () => {
  test("is a Service and a NetworkPolicy unless more is asked for", () => {
    expect(titles(render({}))).toEqual(["Service catalogue", "NetworkPolicy catalogue"]);
    expect(find(render({}), "NetworkPolicy catalogue").spec).not.toHaveProperty("ingress");
  });

  test("every prop makes a difference", () => {
    expectEveryPropToCount<WebFrontProps>(render, every);
  });

  test("an Ingress has the service's host, all its paths and no TLS by default", () => {
    expect(ingressOf({}).spec).toEqual({
      ingressClassName: "nginx",
      rules: [
        {
          host: "catalogue.dev.bookshop.example",
          http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "catalogue", port: { name: "http" } } } }] },
        },
      ],
    });
  });

  test("every prop of an Ingress reaches the manifest", () => {
    const props: Required<WebIngressProps> = {
      host: "books.example",
      paths: ["/books", "/authors"],
      tls: Tls.issuedBy("letsencrypt"),
      annotations: { timeout: "60" },
    };
    expect(ingressOf(props)).toMatchObject({
      metadata: { annotations: { timeout: "60", "cert-manager.io/cluster-issuer": "letsencrypt" } },
      spec: {
        tls: [{ hosts: ["books.example"], secretName: "catalogue-tls" }],
        rules: [{ host: "books.example", http: { paths: [{ path: "/books" }, { path: "/authors" }] } }],
      },
    });
    expectEveryPropToCount<WebIngressProps>(ingressOf, props);
  });

  test("a route has the service's host and all its paths by default, and the number of port 'http'", () => {
    const { spec } = find(render({ httpRoute: { parentRefs }, port: 8081 }), "HTTPRoute catalogue");
    expect(spec).toMatchObject({
      hostnames: ["catalogue.dev.bookshop.example"],
      rules: [{ matches: [{ path: { value: "/" } }], backendRefs: [{ name: "catalogue", port: 8081 }] }],
    });
  });

  test("every prop of a route reaches the manifest", () => {
    const props: Required<WebRouteProps> = {
      parentRefs: [{ name: "public", namespace: "gateways", sectionName: "https" }],
      hostnames: ["books.example", "www.books.example"],
      paths: ["/books", "/authors"],
    };
    expect(routeOf(props).spec).toMatchObject({
      parentRefs: props.parentRefs,
      hostnames: props.hostnames,
      rules: [{ matches: [{ path: { value: "/books" } }] }, { matches: [{ path: { value: "/authors" } }] }],
    });
    expectEveryPropToCount<WebRouteProps>(routeOf, props);
  });

  test.each([{ ingress: {} }, { httpRoute: { parentRefs } }])("lets the cluster's way in reach port 'http' alone: %p", (way) => {
    expect(find(render({ ...way, ports: { admin: 9091 } }), "NetworkPolicy catalogue").spec).toMatchObject({
      ingress: [{ from: [controller], ports: [{ port: 8080 }] }],
    });
  });

  test("metrics are on port 'http' under /metrics at Prometheus' own pace by default, and Prometheus is let in", () => {
    const objects = render({ metrics: {} });
    expect(find(objects, "ServiceMonitor catalogue").spec).toMatchObject({ endpoints: [{ port: "http", path: "/metrics" }] });
    expect(JSON.stringify(find(objects, "ServiceMonitor catalogue"))).not.toContain("interval");
    expect(find(objects, "NetworkPolicy catalogue").spec).toMatchObject({
      ingress: [{ from: [{ podSelector: { matchLabels: { "app.kubernetes.io/name": "prometheus" } } }], ports: [{ port: 8080 }] }],
    });
  });

  test("every prop of the metrics reaches the manifest", () => {
    const props: Required<MetricsProps> = { port: "admin", path: "/stats", interval: "1m" };
    expect(monitorOf(props).spec).toMatchObject({ endpoints: [{ port: "admin", path: "/stats", interval: "1m" }] });
    expectEveryPropToCount<MetricsProps>(monitorOf, props);
  });

  test("fails for metrics on a port that is not served", () => {
    expect(caught(() => monitorOf({ port: "metrics" }))).toBe(
      "the metrics of 'catalogue' are on port 'metrics', which it does not serve\nhint: its ports are: 'http', 'admin'",
    );
  });

  test("takes the host from its context", () => {
    const objects = renderUnit(WebFront, { ingress: {} }, bookshopContext({ host: "catalogue.bookshop.example" }));
    expect(find(objects, "Ingress catalogue").spec).toMatchObject({ rules: [{ host: "catalogue.bookshop.example" }] });
  });
});

describe("webServicePorts", () => {
  test("are 'http' on 8080 by default, and 'http' first", () => {
    expect(webServicePorts({})).toEqual({ http: 8080 });
    expect(Object.keys(webServicePorts({ ports: { admin: 9091 }, port: 80 }))).toEqual(["http", "admin"]);
  });

  test("fails where 'http' is given a second number", () => {
    expect(caught(() => webServicePorts({ ports: { http: 9090 } }))).toBe(
      "the further ports of a web service name 'http' again\nhint: its number is the prop port",
    );
  });
});
