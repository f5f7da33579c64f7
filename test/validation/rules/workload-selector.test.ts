import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { workloadSelector } from "../../../lib/validation/rules/workload-selector.ts";
import { manifest, reported } from "../../support/manifests.ts";

const catalogue = { app: "catalogue" };

function workload(
  name: string,
  labels: object,
  selector?: unknown,
  { kind = "Deployment", apiVersion = "apps/v1", ...spec }: { kind?: string; apiVersion?: string; manualSelector?: boolean } = {},
): Manifest {
  const template = { metadata: { labels }, spec: { containers: [] } };
  return manifest({ apiVersion, kind, metadata: { name }, spec: { ...spec, ...(selector !== undefined && { selector }), template } });
}

const job = { kind: "Job", apiVersion: "batch/v1" };

describe("workload-selector", () => {
  test("lets workloads pass that select their own Pods by labels or expressions", () => {
    expect(
      reported(workloadSelector, [
        workload("catalogue", { ...catalogue, track: "stable" }, { matchLabels: { ...catalogue, track: "stable" } }),
        workload("catalogue-canary", { ...catalogue, track: "canary" }, { matchLabels: { ...catalogue, track: "canary" } }),
        workload(
          "stock",
          { app: "stock" },
          { matchExpressions: [{ key: "app", operator: "In", values: ["stock"] }] },
          { kind: "DaemonSet" },
        ),
      ]),
    ).toEqual([]);
  });

  test("lets a Job pass without a selector, or with one that its author answers for", () => {
    const manual = { ...job, manualSelector: true };
    expect(
      reported(workloadSelector, [
        workload("migrate", {}, undefined, job),
        workload("import", { app: "import" }, { matchLabels: { app: "import" } }, manual),
      ]),
    ).toEqual([]);
  });

  test.each([undefined, {}, { matchExpressions: "app" }])(
    "leaves a selector that is missing or empty to the rules of schemas and formats: %j",
    (selector) => {
      expect(
        reported(workloadSelector, [workload("catalogue", catalogue, selector), workload("search", { app: "search" }, selector)]),
      ).toEqual([]);
    },
  );

  test.each(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"])(
    "reports a selector that misses the Pods that the workload makes: %s",
    (kind) => {
      expect(reported(workloadSelector, [workload("catalogue", catalogue, { matchLabels: { app: "catalog" } }, { kind })])).toEqual([
        `${kind} bookshop-dev/catalogue does not select its own Pods\nhint: mend spec.selector, or the labels under spec.template.metadata`,
      ]);
    },
  );

  test("reports a Job that chooses its own selector", () => {
    expect(reported(workloadSelector, [workload("migrate", catalogue, { matchLabels: catalogue }, job)])).toEqual([
      "Job bookshop-dev/migrate chooses its own selector without manualSelector\nhint: take spec.selector out: Kubernetes makes one for each Job",
    ]);
  });

  test("reports two workloads that select each other's Pods, once", () => {
    const [first, second] = [
      workload("catalogue", catalogue, { matchLabels: catalogue }),
      workload("search", catalogue, { matchLabels: catalogue }),
    ];
    expect(reported(workloadSelector, [first, second])).toEqual([
      "Deployment bookshop-dev/catalogue selects the Pods of Deployment bookshop-dev/search too\nhint: give the Pods of each a label that the other has not, and name it in the selector",
    ]);
  });

  test("reports a workload that selects the Pods of another, which does not select back", () => {
    const canary = workload("catalogue-canary", { ...catalogue, track: "canary" }, { matchLabels: { track: "canary" } });
    expect(reported(workloadSelector, [canary, workload("catalogue", catalogue, { matchLabels: catalogue })])).toEqual([
      "Deployment bookshop-dev/catalogue selects the Pods of Deployment bookshop-dev/catalogue-canary too\nhint: give the Pods of each a label that the other has not, and name it in the selector",
    ]);
  });
});
