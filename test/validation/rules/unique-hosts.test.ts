import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { uniqueHosts } from "../../../lib/validation/rules/unique-hosts.ts";
import { catalogue, checkout, manifest, reported, unitOf } from "../../support/manifests.ts";

const host = "books.bookshop.example";
const hint = "hint: give one of the two a host of its own";

function ingress(name: string, owner = catalogue, paths = ["/"], host_ = host) {
  const rules = [{ host: host_, http: { paths: paths.map((path) => ({ path })) } }];
  return manifest({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name }, spec: { rules } }, owner);
}

function route(name: string, paths: readonly string[]) {
  const rules = paths.map((value) => ({ matches: [{ path: { value } }] }));
  return manifest({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name },
    spec: { hostnames: [host], rules },
  });
}

function gateway(name: string) {
  const servers = [{ hosts: [`./${host}`] }, { hosts: [`./${host}`] }];
  return manifest({ apiVersion: "networking.istio.io/v1", kind: "Gateway", metadata: { name }, spec: { servers } });
}

describe("unique-hosts", () => {
  test("lets hosts pass that differ in name, path or cluster, and a gateway that serves its host by HTTP and HTTPS", () => {
    expect(
      reported(uniqueHosts, [
        ingress("catalogue", catalogue, ["/books", "/authors"]),
        ingress("checkout", checkout, ["/checkout"]),
        ingress("catalogue", unitOf("catalogue", { cluster: "dev-us" }), ["/books"]),
        ingress("other", checkout, ["/books"], "shelves.bookshop.example"),
      ]),
    ).toEqual([]);
    expect(reported(uniqueHosts, [gateway("catalogue")])).toEqual([]);
  });

  test("reports two Ingresses for one host and path", () => {
    expect(reported(uniqueHosts, [ingress("catalogue"), ingress("checkout", checkout)])).toEqual([
      `Ingress bookshop-dev/checkout answers for '${host}/', as Ingress bookshop-dev/catalogue does\n${hint}`,
    ]);
  });

  test("reports a route and a gateway for the host of an Ingress", () => {
    expect(reported(uniqueHosts, [gateway("storefront"), route("checkout", ["/", "/pay"]), ingress("catalogue")])).toEqual([
      `HTTPRoute bookshop-dev/checkout answers for '${host}/', as Ingress bookshop-dev/catalogue does\n${hint}`,
      `Gateway bookshop-dev/storefront answers for '${host}/', as Ingress bookshop-dev/catalogue does\n${hint}`,
    ]);
  });

  test("lets a canary, a redirect from one listener to another, and routes by header pass", () => {
    const weighted = manifest({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "catalogue-canary", annotations: { "nginx.ingress.kubernetes.io/canary": "true" } },
      spec: { rules: [{ host }] },
    });
    expect(reported(uniqueHosts, [ingress("catalogue"), weighted])).toEqual([]);
    const attached = (name: string, sectionName: string, match: object = {}): Manifest =>
      manifest({
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        metadata: { name },
        spec: { hostnames: [host], parentRefs: [{ name: "public", sectionName }], rules: [{ matches: [match] }] },
      });
    const beta = { headers: [{ name: "x-beta", value: "yes" }] };
    const routes = [attached("redirect", "http"), attached("catalogue", "https"), attached("beta", "https", beta)];
    expect(reported(uniqueHosts, routes)).toEqual([]);
    expect(reported(uniqueHosts, [...routes, attached("second", "https", beta)])).toEqual([
      `HTTPRoute bookshop-dev/second answers for '${host}/', as HTTPRoute bookshop-dev/beta does\n${hint}`,
    ]);
  });

  test("lets gateways of other Pods, and other ports of one, serve every host", () => {
    const serving = (name: string, istio: string, number: number): Manifest =>
      manifest({
        apiVersion: "networking.istio.io/v1",
        kind: "Gateway",
        metadata: { name },
        spec: { selector: { istio }, servers: [{ port: { number }, hosts: ["*"] }] },
      });
    expect(reported(uniqueHosts, [serving("http", "ingress", 80), serving("https", "ingress", 443), serving("east", "east", 80)])).toEqual(
      [],
    );
    expect(reported(uniqueHosts, [serving("http", "ingress", 80), serving("other", "ingress", 80)])).toHaveLength(1);
  });

  test("only warns where two controllers have the host, each of which may have its own DNS", () => {
    const inside = manifest({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "inside" },
      spec: { ingressClassName: "inside", rules: [{ host }] },
    });
    const severities = (manifests: readonly Manifest[]): unknown[] =>
      uniqueHosts.check(new RepositoryFacts(manifests)).map(({ severity }) => severity);
    expect(severities([ingress("catalogue"), inside])).toEqual(["warning"]);
    expect(severities([ingress("catalogue"), ingress("checkout", checkout)])).toEqual([undefined]);
  });
});
