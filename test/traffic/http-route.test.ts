import { describe, expect, test } from "@jest/globals";
import { HttpRoute } from "../../lib/traffic/http-route.ts";
import type { HttpRouteProps } from "../../lib/traffic/http-route.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext();
const props: Required<HttpRouteProps> = {
  name: "catalogue",
  parentRefs: [{ name: "public", namespace: "gateways", sectionName: "https" }, { name: "internal" }],
  hostnames: ["catalogue.bookshop.example"],
  rules: [
    { path: "/covers", serviceName: "covers", port: 8081 },
    { serviceName: "catalogue", port: 8080 },
  ],
};

function render(route: HttpRouteProps) {
  return renderOne((scope) => new HttpRoute(scope, "route", { context, ...route }));
}

describe("HttpRoute", () => {
  test("every prop reaches the manifest, with the defaults that the API server fills into lists", () => {
    expect(render(props)).toEqual({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name: "catalogue", namespace: "bookshop-dev", labels: context.labels },
      spec: {
        parentRefs: [
          { group: "gateway.networking.k8s.io", kind: "Gateway", name: "public", namespace: "gateways", sectionName: "https" },
          { group: "gateway.networking.k8s.io", kind: "Gateway", name: "internal" },
        ],
        hostnames: ["catalogue.bookshop.example"],
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: "/covers" } }],
            backendRefs: [{ group: "", kind: "Service", name: "covers", port: 8081, weight: 1 }],
          },
          {
            matches: [{ path: { type: "PathPrefix", value: "/" } }],
            backendRefs: [{ group: "", kind: "Service", name: "catalogue", port: 8080, weight: 1 }],
          },
        ],
      },
    });
  });

  test.each([
    ["parentRefs", "http route 'catalogue' has no gateway"],
    ["hostnames", "http route 'catalogue' has no hostname"],
    ["rules", "http route 'catalogue' has no rule"],
  ] as const)("fails without %s", (list, message) => {
    expect(caught(() => render({ ...props, [list]: [] }))).toBe(message);
  });

  test("fails for a path that does not start with a slash", () => {
    expect(caught(() => render({ ...props, rules: [{ path: "covers", serviceName: "covers", port: 8081 }] }))).toBe(
      "the path 'covers' of http route 'catalogue' does not start with '/'",
    );
  });

  test("fails for a port that is none", () => {
    expect(caught(() => render({ ...props, rules: [{ serviceName: "covers", port: 0 }] }))).toBe(
      "a port of http route 'catalogue' is not a port number: got 0\nhint: use a whole number from 1 to 65535",
    );
  });
});
