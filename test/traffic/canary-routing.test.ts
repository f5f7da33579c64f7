import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { CanaryRouting, canaryWeights } from "../../lib/traffic/canary-routing.ts";
import type { CanaryRoutingProps } from "../../lib/traffic/canary-routing.ts";
import { caught } from "../support/caught.ts";
import { renderConstruct } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext({ mesh: "sidecar" });
const host = "catalogue.bookshop-dev.svc.cluster.local";

interface Routes {
  readonly hosts: string[];
  readonly gateways: string[];
  readonly http: {
    readonly match?: object[];
    readonly route: { readonly destination: { readonly subset: string }; readonly weight: number }[];
  }[];
}

function render(props: CanaryRoutingProps, where = context) {
  const objects = renderConstruct((scope) => new CanaryRouting(scope, "canary", { context: where, ...props }));
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    `VirtualService ${props.name}`,
    `DestinationRule ${props.name}`,
  ]);
  return {
    routes: objects[0]!.spec as Routes,
    rule: objects[1]!.spec as { readonly host: string; readonly subsets: readonly { readonly name: string }[] },
  };
}

describe("CanaryRouting", () => {
  test("shares the requests out by one number, stable first, for callers inside the mesh", () => {
    expect(render({ name: "catalogue", canaryWeight: 10 })).toEqual({
      routes: {
        hosts: [host],
        gateways: ["mesh"],
        http: [
          {
            route: [
              { destination: { host, subset: "stable" }, weight: 90 },
              { destination: { host, subset: "canary" }, weight: 10 },
            ],
          },
        ],
      },
      rule: {
        host,
        subsets: [
          { name: "stable", labels: { "keelson.dev/track": "stable" } },
          { name: "canary", labels: { "keelson.dev/track": "canary" } },
        ],
      },
    });
  });

  test("every prop reaches the manifests", () => {
    const props: Required<CanaryRoutingProps> = {
      name: "catalogue",
      canaryWeight: 25,
      port: 8080,
      gateways: ["mesh", { name: "storefront", host: "catalogue.bookshop.example" }],
      pinnedSources: ["checkout", "search"],
    };
    const canary = { host, subset: "canary", port: { number: 8080 } };
    const pinned = (caller: string) => ({
      match: [{ sourceLabels: { "app.kubernetes.io/name": caller, "keelson.dev/track": "canary" } }],
      route: [{ destination: canary, weight: 100 }],
    });
    expect(render(props).routes).toEqual({
      hosts: [host, "catalogue.bookshop.example"],
      gateways: ["mesh", "storefront"],
      http: [
        pinned("checkout"),
        pinned("search"),
        {
          route: [
            { destination: { host, subset: "stable", port: { number: 8080 } }, weight: 75 },
            { destination: canary, weight: 25 },
          ],
        },
      ],
    });
  });

  test("holds for a public host alone", () => {
    const gateways = [{ name: "gateways/public", host: "bookshop.example" }];
    expect(render({ name: "catalogue", canaryWeight: 10, gateways }).routes).toMatchObject({
      hosts: ["bookshop.example"],
      gateways: ["gateways/public"],
    });
  });

  test("names two public hosts of one gateway once", () => {
    const gateways = ["bookshop.example", "www.bookshop.example"].map((name) => ({ name: "storefront", host: name }));
    expect(render({ name: "catalogue", canaryWeight: 10, gateways }).routes).toMatchObject({
      hosts: ["bookshop.example", "www.bookshop.example"],
      gateways: ["storefront"],
    });
  });

  test("any weight: every route adds up to 100 over subsets that exist, and the canary takes what was asked", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.uniqueArray(fc.constantFrom("checkout", "search", "till")),
        (canaryWeight, pinnedSources) => {
          const { routes, rule } = render({ name: "catalogue", canaryWeight, pinnedSources });
          const subsets = rule.subsets.map(({ name }) => name);
          for (const { route } of routes.http) {
            expect(route.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
            expect(subsets).toEqual(expect.arrayContaining(route.map(({ destination }) => destination.subset)));
          }
          expect(routes.http).toHaveLength(pinnedSources.length + 1);
          expect(routes.http.at(-1)!.route.map(({ destination, weight }) => [destination.subset, weight])).toEqual([
            ["stable", 100 - canaryWeight],
            ["canary", canaryWeight],
          ]);
        },
      ),
    );
  });

  test("shares the requests of a gateway out where the system has no sidecars", () => {
    const gateways = [{ name: "storefront", host: "bookshop.example" }];
    expect(render({ name: "catalogue", canaryWeight: 10, gateways }, bookshopContext()).routes.http).toHaveLength(1);
  });

  test("fails without a gateway", () => {
    expect(caught(() => render({ name: "catalogue", canaryWeight: 10, gateways: [] }))).toBe(
      "the canary of 'catalogue' has no gateway\nhint: leave gateways out for callers inside the mesh",
    );
  });

  test.each([
    ["ambient", "ambient"],
    [undefined, "none"],
  ] as const)("fails for pinned callers where the mesh is %s", (mesh, got) => {
    expect(caught(() => render({ name: "catalogue", canaryWeight: 10, pinnedSources: ["checkout"] }, bookshopContext({ mesh })))).toBe(
      `the canary of 'catalogue' pins callers, but its system has no sidecars: got mesh '${got}'\n` +
        'hint: only sidecars know the labels of a caller: say mesh: "sidecar" in the system, or leave pinnedSources out',
    );
  });

  test("fails for pinned callers of a public host alone", () => {
    const gateways = [{ name: "storefront", host: "bookshop.example" }];
    expect(caught(() => render({ name: "catalogue", canaryWeight: 10, gateways, pinnedSources: ["checkout"] }))).toBe(
      "virtual service 'catalogue' tells callers apart by their labels, but not in the mesh\n" +
        "hint: add 'mesh' to its gateways: only sidecars know the labels of a caller",
    );
  });
});

describe("canaryWeights", () => {
  test.each([
    [0, 100],
    [1, 99],
    [100, 0],
  ])("takes %d and leaves %d to the stable version", (canary, stable) => {
    expect(canaryWeights("catalogue", canary)).toEqual({ stable, canary });
  });

  test.each([-1, 101, 33.3, Number.NaN])("fails for %d", (weight) => {
    expect(caught(() => canaryWeights("catalogue", weight))).toBe(
      `the canary weight of 'catalogue' cannot be used: got ${weight}\nhint: use a whole number from 0 to 100`,
    );
  });

  test("any number: two weights that add up to 100, or a UserError that names it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -50, max: 150 }), fc.double({ min: -1, max: 101 })), (weight) => {
        if (Number.isInteger(weight) && weight >= 0 && weight <= 100) {
          const { stable, canary } = canaryWeights("catalogue", weight);
          expect([canary, stable + canary]).toEqual([weight, 100]);
        } else {
          expect(caught(() => canaryWeights("catalogue", weight))).toBe(
            `the canary weight of 'catalogue' cannot be used: got ${weight}\nhint: use a whole number from 0 to 100`,
          );
        }
      }),
    );
  });
});
