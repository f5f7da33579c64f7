import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { subsetExists } from "../../../lib/validation/rules/subset-exists.ts";
import { manifest, reported } from "../../support/manifests.ts";

const apiVersion = "networking.istio.io/v1";
const full = "catalogue.bookshop-dev.svc.cluster.local";
const ruleSays = "DestinationRule bookshop-dev/catalogue";
const says = "VirtualService bookshop-dev/catalogue";
const stable = pods("stable");
const catalogue = service();
const stableRule = rule([{ name: "stable", labels: { track: "stable" } }]);

function pods(track: string): Manifest {
  const template = { metadata: { labels: { app: "catalogue", track } }, spec: { containers: [] } };
  return manifest({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: `catalogue-${track}` }, spec: { template } });
}

function service(spec: object = {}): Manifest {
  return manifest({ kind: "Service", spec: { selector: { app: "catalogue" }, ports: [{ name: "http", port: 80 }], ...spec } });
}

function rule(subsets: unknown, host = full): Manifest {
  return manifest({ apiVersion, kind: "DestinationRule", spec: { host, subsets } });
}

function routes(...http: unknown[]): Manifest {
  return manifest({ apiVersion, kind: "VirtualService", spec: { hosts: ["catalogue"], http } });
}

function to(destination: object, weight?: number): object {
  return { destination: { host: full, ...destination }, ...(weight !== undefined && { weight }) };
}

describe("subset-exists, of DestinationRules", () => {
  test.each([full, "catalogue"])("lets a subset pass that takes Pods of its Service: %s", (host) => {
    expect(
      reported(subsetExists, [catalogue, stable, rule([{ name: "stable", labels: { track: "stable" } }, { name: "all" }], host)]),
    ).toEqual([]);
  });

  test("reports a subset of Pods that no workload makes", () => {
    expect(reported(subsetExists, [catalogue, stable, rule([{ name: "canary", labels: { track: "canary" } }])])).toEqual([
      `${ruleSays} makes subset 'canary' of Pods that no workload makes\nhint: no Pod there has the label track with the value 'canary'; the nearest values there: 'stable'`,
    ]);
  });

  test("reports a subset whose labels only Pods of another Service have", () => {
    const other = service({ selector: { app: "search" } });
    expect(reported(subsetExists, [other, stable, stableRule])).toEqual([
      `${ruleSays} makes subset 'stable' of Pods that no workload makes\nhint: no Pod there has the label app with the value 'search'; the nearest values there: 'catalogue'`,
    ]);
  });

  test("reports a host that is no Service, with the nearest", () => {
    const message = (name: string): string =>
      `${ruleSays} is for Service '${name}', which nothing makes in 'bookshop-dev'\nhint: give it a service that serves a port`;
    expect(reported(subsetExists, [stableRule])).toEqual([message("catalogue")]);
    expect(reported(subsetExists, [catalogue, rule([], "catalog")])).toEqual([
      `${message("catalog")}, or mend the name; the nearest there: 'catalogue'`,
    ]);
  });

  test.each(["catalogue.bookshop-dev", "catalogue.bookshop-dev.svc"])("reports a half-written host: %s", (host) => {
    expect(reported(subsetExists, [catalogue, stable, rule([], host)])).toEqual([
      `${ruleSays} is for '${host}', which Istio takes for an address outside the cluster\nhint: write the whole name: '${full}'`,
    ]);
  });

  test.each(["*.bookshop-dev.svc.cluster.local", "books.example", "prometheus.monitoring.svc.cluster.local"])(
    "says nothing of hosts that nobody here knows: %s",
    (host) => {
      expect(reported(subsetExists, [rule([{ name: "canary", labels: { track: "canary" } }], host)])).toEqual([]);
    },
  );

  test("says nothing of a Service without a selector, nor beside custom resources that may make Pods", () => {
    const rollout = manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" });
    expect(reported(subsetExists, [service({ selector: undefined }), stableRule])).toEqual([]);
    expect(reported(subsetExists, [catalogue, rollout, stableRule])).toEqual([]);
  });
});

describe("subset-exists, of VirtualServices", () => {
  const known = [catalogue, stable, stableRule];

  test("lets routes pass to a Service, its port, its subset and hosts outside", () => {
    const http = [
      { route: [to({})] },
      { route: [to({ host: "catalogue", subset: "stable", port: { number: 80 } }, 90), to({ host: "books.example" }, 10)] },
      {
        route: [to({}, 100), to({ subset: "stable" }, 0)],
        mirror: { host: "catalogue" },
        mirrors: [{ destination: { host: "catalogue" } }],
      },
      { redirect: { uri: "/" } },
    ];
    expect(reported(subsetExists, [...known, routes(...http)])).toEqual([]);
  });

  test.each(["http", "tls", "tcp"])("reports a host that is no Service, once: under %s", (protocol) => {
    const list = [{ route: [to({ host: "catalog" })] }, { route: [to({ host: "catalog" })] }];
    const virtualService = manifest({ apiVersion, kind: "VirtualService", spec: { [protocol]: list } });
    expect(reported(subsetExists, [...known, virtualService])).toEqual([
      `${says} routes to Service 'catalog', which nothing makes in 'bookshop-dev'\nhint: give it a service that serves a port, or mend the name; the nearest there: 'catalogue'`,
    ]);
  });

  test.each([{ mirror: { host: "shadow" } }, { mirrors: [{ destination: { host: "shadow" } }] }])(
    "reports a mirror that is no Service: %j",
    (mirrored) => {
      expect(reported(subsetExists, [...known, routes({ route: [to({})], ...mirrored })])).toHaveLength(1);
    },
  );

  test("takes a host for granted that a ServiceEntry adds, on its cluster", () => {
    const host = "legacy.bookshop-dev.svc.cluster.local";
    const entry = (cluster: string): Manifest =>
      manifest(
        { apiVersion, kind: "ServiceEntry", metadata: { namespace: "istio-system" }, spec: { hosts: [host] } },
        { scope: "cluster", cluster, system: "mesh", unit: "entries" },
      );
    expect(reported(subsetExists, [entry("dev-eu"), routes({ route: [to({ host })] })])).toEqual([]);
    expect(reported(subsetExists, [entry("dev-us"), routes({ route: [to({ host })] })])).toHaveLength(1);
  });

  test("reports a subset that no DestinationRule makes, with the nearest", () => {
    const message = `${says} routes to subset 'stabel' of Service 'catalogue', which no DestinationRule makes`;
    const virtualService = routes({ route: [to({ subset: "stabel" })] });
    expect(reported(subsetExists, [...known, virtualService])).toEqual([`${message}\nhint: its subsets are: 'stable'`]);
    expect(reported(subsetExists, [catalogue, stable, virtualService])).toEqual([`${message}\nhint: render a DestinationRule with it`]);
  });

  test("finds a subset in any DestinationRule for the host, short or whole", () => {
    const second = manifest({
      apiVersion,
      kind: "DestinationRule",
      metadata: { name: "canary" },
      spec: { host: "catalogue", subsets: [{ name: "canary" }] },
    });
    expect(
      reported(subsetExists, [...known, second, routes({ route: [to({ subset: "stable" }, 50), to({ subset: "canary" }, 50)] })]),
    ).toEqual([]);
  });

  test("reports a port that the Service has not, and none where it has several", () => {
    expect(reported(subsetExists, [...known, routes({ route: [to({ port: { number: 8080 } })] })])).toEqual([
      `${says} routes to port 8080 of Service 'catalogue', which has no such port\nhint: Service 'catalogue' has 'http' (80)`,
    ]);
    const two = service({
      ports: [
        { name: "http", port: 80 },
        { name: "grpc", port: 9000 },
      ],
    });
    expect(reported(subsetExists, [two, routes({ route: [to({})] })])).toEqual([
      `${says} routes to Service 'catalogue' without saying which port\nhint: Service 'catalogue' has 'http' (80), 'grpc' (9000)`,
    ]);
    expect(reported(subsetExists, [two, routes({ route: [to({ port: { number: 9000 } })] })])).toEqual([]);
  });

  test.each([
    [[90, 20], "110, got 90 + 20"],
    [[0, 0], "0, got 0 + 0"],
  ])("reports weights that do not add up: %j", (weights, sum) => {
    expect(reported(subsetExists, [...known, routes({ route: weights.map((weight) => to({}, weight)) })])).toEqual([
      `the weights of a route of ${says} add up to ${sum}\nhint: give every destination its percentage: they add up to 100`,
    ]);
  });

  test("only warns of weights that are shares of another sum than 100", () => {
    const severity = (...weights: readonly number[]): unknown =>
      subsetExists.check(new RepositoryFacts([...known, routes({ route: weights.map((weight) => to({}, weight)) })]))[0]?.severity;
    expect(severity(1, 2)).toBe("warning");
    expect(severity(0, 0)).toBeUndefined();
  });

  test("does not weigh a single destination", () => {
    expect(reported(subsetExists, [...known, routes({ route: [to({}, 10)] })])).toEqual([]);
  });

  test("does not trip over a spec that is none", () => {
    const broken = manifest({ apiVersion, kind: "DestinationRule", metadata: { name: "broken" }, spec: { host: 1, subsets: "x" } });
    expect(reported(subsetExists, [catalogue, broken, rule("none"), routes(1, { route: [{ destination: 1 }], mirrors: 1 })])).toEqual([]);
  });
});
