import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { rolloutProceeds } from "../../../lib/validation/rules/rollout-proceeds.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { catalogue, deployment, manifest, reported, unitOf } from "../../support/manifests.ts";

const production = unitOf("catalogue", { environment: "production", cluster: "production-eu" });
const hostname = "kubernetes.io/hostname";
const zone = "topology.kubernetes.io/zone";

function workload(spec: object = {}, pod: Readonly<Record<string, unknown>> = {}, kind = "Deployment", owner = catalogue): Manifest {
  const { document } = deployment(pod);
  return manifest({ apiVersion: "apps/v1", kind, spec: { ...(document.spec as object), ...spec } }, owner);
}

const rolling = (maxUnavailable: unknown, maxSurge: unknown): object => ({
  strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable, maxSurge } },
});

function severities(manifests: readonly Manifest[]): (string | undefined)[] {
  return rolloutProceeds
    .check(new RepositoryFacts(manifests, bookshopWorld()))
    .map((finding) => (finding as { severity?: string }).severity);
}

describe("rollout-proceeds", () => {
  test.each([
    ["the defaults", {}],
    ["a Pod more", rolling(0, 1)],
    ["a Pod less", rolling(1, 0)],
    ["shares that come to nothing", { ...rolling("10%", "0%"), replicas: 2 }],
    ["one old ReplicaSet", { revisionHistoryLimit: 1 }],
    ["Recreate outside of production", { strategy: { type: "Recreate" }, replicas: 2 }],
    ["what is no strategy", { strategy: "slowly", replicas: "two" }],
  ])("lets a Deployment pass with %s", (_title, spec) => {
    expect(reported(rolloutProceeds, [workload(spec)], bookshopWorld())).toEqual([]);
  });

  test("warns of no way back", () => {
    const manifests = [workload({ revisionHistoryLimit: 0 })];
    expect(reported(rolloutProceeds, manifests)).toEqual([
      "Deployment bookshop-dev/catalogue keeps no old ReplicaSet to go back to, got revisionHistoryLimit 0\nhint: keep one or more: `kubectl rollout undo` and `kubectl rollout history` read them",
    ]);
    expect(severities(manifests)).toEqual(["warning"]);
  });

  test("warns of Recreate with several Pods in production", () => {
    const manifests = [workload({ strategy: { type: "Recreate" }, replicas: 2 }, {}, "Deployment", production)];
    expect(reported(rolloutProceeds, manifests, bookshopWorld())).toEqual([
      "Deployment bookshop-dev/catalogue takes all 2 Pods away in production before it starts new ones, got strategy Recreate\nhint: say RolloutStrategy.rollingUpdate(…) where two versions can run side by side",
    ]);
    expect(severities(manifests)).toEqual(["warning"]);
    expect(
      reported(rolloutProceeds, [workload({ strategy: { type: "Recreate" } }, {}, "Deployment", production)], bookshopWorld()),
    ).toEqual([]);
  });

  test("warns of a StatefulSet that never replaces its Pods", () => {
    const says = (got: string): string =>
      `StatefulSet bookshop-dev/catalogue never replaces its Pods by itself, got ${got}\nhint: say updateStrategy RollingUpdate without a partition, or delete the Pods by hand after each sync`;
    const set = (updateStrategy: object): Manifest => workload({ updateStrategy, replicas: 3 }, {}, "StatefulSet");
    expect(reported(rolloutProceeds, [set({ type: "OnDelete" })])).toEqual([says("updateStrategy OnDelete")]);
    expect(reported(rolloutProceeds, [set({ rollingUpdate: { partition: 3 } })])).toEqual([says("partition 3 for 3 Pods")]);
    expect(reported(rolloutProceeds, [set({ rollingUpdate: { partition: 2 } })])).toEqual([]);
    expect(
      reported(rolloutProceeds, [workload({ updateStrategy: { rollingUpdate: { partition: 0 } }, replicas: 0 }, {}, "StatefulSet")]),
    ).toEqual([]);
    expect(severities([set({ type: "OnDelete" })])).toEqual(["warning"]);
  });

  describe("with a claim", () => {
    const pod = {
      volumes: [
        { name: "tmp", emptyDir: {} },
        { name: "covers", persistentVolumeClaim: { claimName: "covers" } },
      ],
    };
    const claim = (...accessModes: string[]): Manifest =>
      manifest({ kind: "PersistentVolumeClaim", metadata: { name: "covers" }, spec: { accessModes } });

    test("reports Pods that share a volume of one node", () => {
      expect(reported(rolloutProceeds, [workload({ replicas: 2 }, pod), claim("ReadWriteOnce")])).toEqual([
        "Deployment bookshop-dev/catalogue shares PersistentVolumeClaim 'covers' (ReadWriteOnce) among 2 Pods, of which those on other nodes never start\nhint: run a StatefulService, which gives each Pod a claim of its own, or one Pod",
      ]);
    });

    test("reports a rollout whose new Pod waits for the volume of the old one", () => {
      expect(reported(rolloutProceeds, [workload({}, pod), claim("ReadWriteOncePod")])).toEqual([
        "Deployment bookshop-dev/catalogue shares PersistentVolumeClaim 'covers' (ReadWriteOncePod) with the Pod that a rollout starts beside the old one, and which waits for it for ever\nhint: say RolloutStrategy.recreate(), or run a StatefulService",
      ]);
    });

    test.each([
      ["a volume of many nodes", {}, ["ReadWriteMany"]],
      ["a volume that many nodes may read", {}, ["ReadWriteOnce", "ReadOnlyMany"]],
      ["a claim that says nothing", {}, []],
      ["Recreate", { strategy: { type: "Recreate" } }, ["ReadWriteOnce"]],
      ["a Pod that goes first", rolling(1, 0), ["ReadWriteOnce"]],
      ["a Pod that may be missing", rolling(1, 1), ["ReadWriteOnce"]],
      ["no Pod at all", { replicas: 0 }, ["ReadWriteOnce"]],
    ])("lets pass: %s", (_title, spec, modes) => {
      expect(reported(rolloutProceeds, [workload(spec, pod), claim(...modes)])).toEqual([]);
    });

    test("says nothing of claims that nothing here makes", () => {
      expect(reported(rolloutProceeds, [workload({ replicas: 2 }, pod)])).toEqual([]);
    });
  });

  describe("with Pods that must lie apart", () => {
    const labelSelector = { matchLabels: { "app.kubernetes.io/name": "catalogue" } };
    const apart = (topologyKey: string): Record<string, unknown> => ({
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector, topologyKey }] } },
    });
    const spreadOver = (minDomains: number | undefined, others: object = {}): Record<string, unknown> => ({
      topologySpreadConstraints: [
        { labelSelector, topologyKey: zone, maxSkew: 1, whenUnsatisfiable: "DoNotSchedule", minDomains, ...others },
      ],
    });
    const inZones = (needed: number): string =>
      `Deployment bookshop-dev/catalogue lets no two of its Pods into one zone and needs ${needed} of them, and a region has 3 as a rule\nhint: say AntiAffinity.preferred("${zone}"), or let a rollout take a Pod away first`;

    test("reports more Pods than zones, those of a rollout included", () => {
      expect(reported(rolloutProceeds, [workload({ replicas: 4, ...rolling(1, 0) }, apart(zone))])).toEqual([inZones(4)]);
      expect(reported(rolloutProceeds, [workload({ replicas: 3, ...rolling(0, 1) }, apart(zone))])).toEqual([inZones(4)]);
      expect(reported(rolloutProceeds, [workload({ replicas: 3, ...rolling(1, 1) }, apart(zone))])).toEqual([]);
      expect(reported(rolloutProceeds, [workload({ replicas: 2, ...rolling(0, 1) }, apart(zone))])).toEqual([]);
      expect(reported(rolloutProceeds, [workload({ replicas: 3 }, apart(zone), "StatefulSet")])).toEqual([]);
    });

    test("warns of a rollout that needs a node more than there are Pods", () => {
      const manifests = [workload({ replicas: 3, ...rolling(0, 1) }, apart(hostname))];
      expect(reported(rolloutProceeds, manifests)).toEqual([
        `Deployment bookshop-dev/catalogue lets no two of its 3 Pods onto one node, so that a rollout needs a node more, got maxUnavailable 0\nhint: say AntiAffinity.preferred("${hostname}"), or maxUnavailable 1`,
      ]);
      expect(severities(manifests)).toEqual(["warning"]);
      expect(reported(rolloutProceeds, [workload({ replicas: 3, ...rolling(1, 1) }, apart(hostname))])).toEqual([]);
    });

    test("reports a spread over more zones than a region has", () => {
      expect(reported(rolloutProceeds, [workload({ replicas: 4 }, spreadOver(4))])).toEqual([
        "Deployment bookshop-dev/catalogue spreads its 4 Pods over 4 zones or none, and a region has 3 as a rule\nhint: lower minDomains, or say whenUnsatisfiable: ScheduleAnyway",
      ]);
      expect(reported(rolloutProceeds, [workload({ replicas: 4 }, spreadOver(3))])).toEqual([]);
      expect(reported(rolloutProceeds, [workload({ replicas: 4 }, spreadOver(undefined))])).toEqual([]);
      expect(reported(rolloutProceeds, [workload({ replicas: 3 }, spreadOver(4))])).toEqual([]);
      expect(reported(rolloutProceeds, [workload({ replicas: 4 }, spreadOver(4, { maxSkew: 2 }))])).toEqual([]);
      expect(reported(rolloutProceeds, [workload({ replicas: 4 }, spreadOver(4, { topologyKey: hostname }))])).toEqual([]);
      expect(reported(rolloutProceeds, [workload({ replicas: 4 }, spreadOver(4, { whenUnsatisfiable: "ScheduleAnyway" }))])).toEqual([]);
    });
  });
});
