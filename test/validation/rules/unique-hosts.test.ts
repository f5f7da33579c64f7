import { describe, expect, test } from "@jest/globals";
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
});
