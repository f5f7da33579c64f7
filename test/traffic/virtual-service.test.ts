import { describe, expect, test } from "@jest/globals";
import { VirtualService } from "../../lib/traffic/virtual-service.ts";
import type { VirtualServiceProps } from "../../lib/traffic/virtual-service.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext();
const host = "catalogue.bookshop-dev.svc.cluster.local";
const props: VirtualServiceProps = { name: "catalogue", hosts: [host], routes: [{ destinations: [{ host, weight: 100 }] }] };

function render(virtualService: VirtualServiceProps) {
  return renderOne((scope) => new VirtualService(scope, "routes", { context, ...virtualService }));
}

describe("VirtualService", () => {
  test("holds for the mesh and writes the weight of a single destination", () => {
    expect(render(props)).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "catalogue", namespace: "bookshop-dev", labels: context.labels },
      spec: { hosts: [host], gateways: ["mesh"], http: [{ route: [{ destination: { host }, weight: 100 }] }] },
    });
  });

  test("every prop reaches the manifest, in the order given", () => {
    const every: Required<VirtualServiceProps> = {
      name: "shelves",
      hosts: [host, "bookshop.example"],
      gateways: ["mesh", "storefront"],
      routes: [
        { sourceLabels: { app: "checkout" }, destinations: [{ host, subset: "canary", port: 8080, weight: 100 }] },
        {
          destinations: [
            { host, subset: "stable", weight: 100 },
            { host, subset: "canary", weight: 0 },
          ],
        },
      ],
    };
    const object = render(every);
    expect(object.metadata.name).toBe("shelves");
    expect(object.spec).toEqual({
      hosts: [host, "bookshop.example"],
      gateways: ["mesh", "storefront"],
      http: [
        {
          match: [{ sourceLabels: { app: "checkout" } }],
          route: [{ destination: { host, subset: "canary", port: { number: 8080 } }, weight: 100 }],
        },
        {
          route: [
            { destination: { host, subset: "stable" }, weight: 100 },
            { destination: { host, subset: "canary" }, weight: 0 },
          ],
        },
      ],
    });
  });

  test("holds for a gateway alone where no caller is told apart", () => {
    expect(render({ ...props, gateways: ["storefront"] })).toHaveProperty("spec.gateways", ["storefront"]);
  });

  test("fails without a host", () => {
    expect(caught(() => render({ ...props, hosts: [] }))).toBe("virtual service 'catalogue' has no host");
  });

  test.each([
    [[90, 9], "90 + 9"],
    [[101, -1], "101 + -1"],
    [[99.5, 0.5], "99.5 + 0.5"],
    [[], "none"],
  ])("fails for the weights %j", (weights, got) => {
    const routes = [{ destinations: weights.map((weight) => ({ host, weight })) }];
    expect(caught(() => render({ ...props, routes }))).toBe(
      `the weights of a route of virtual service 'catalogue' do not add up to 100: got ${got}\nhint: use whole numbers from 0 to 100`,
    );
  });

  const everyone = { destinations: [{ host, weight: 100 }] };
  const checkout = { sourceLabels: { app: "checkout" }, ...everyone };
  test.each([
    ["no route", []],
    ["a route after the one for every caller", [everyone, checkout]],
    ["no route for every caller", [checkout]],
    ["two routes for every caller", [everyone, everyone]],
  ])("fails for %s", (_, routes) => {
    expect(caught(() => render({ ...props, routes }))).toBe(
      "virtual service 'catalogue' must end with its one route for every caller\n" +
        "hint: the first route that matches takes the request, and what no route matches is answered with 404",
    );
  });

  test("fails for labels of callers outside the mesh", () => {
    expect(caught(() => render({ ...props, gateways: ["storefront"], routes: [checkout, everyone] }))).toBe(
      "virtual service 'catalogue' tells callers apart by their labels, but not in the mesh\n" +
        "hint: add 'mesh' to its gateways: only sidecars know the labels of a caller",
    );
  });
});
