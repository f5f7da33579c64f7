import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { defineControlPlane } from "../../lib/definition/control-plane.ts";
import { UserError } from "../../lib/errors/user-error.ts";
import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import { deliveredObjects, withStatus } from "../support/delivered-objects.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { liveObject } from "../support/live-object.ts";
import { WarehouseClone, warehouseManifests, warehouseOnly } from "../support/warehouse-clone.ts";
import type { Outcome, Surroundings } from "../support/temporary-shop.ts";

const path = "generated/yaml/dev/eu/warehouse";
const edited = `${path}/stock-database/service-stock-database.yaml`;

let warehouse: WarehouseClone;
let head: string;
let cluster: FakeCluster;
beforeAll(async () => {
  warehouse = await WarehouseClone.make();
  ({ head } = warehouse);
});
beforeEach(() => {
  cluster = new FakeCluster({ context: "central", objects: deliveredObjects(warehouseManifests, head) });
});
afterEach(() => {
  warehouse.reset();
});
afterAll(() => {
  warehouse.remove();
});

function status(argv: readonly string[] = [], world: Surroundings = {}): Promise<Outcome> {
  return warehouse.status(argv, { connect: () => Promise.resolve(cluster), ...world });
}

/** Argo CD found a resource of the warehouse that is not as its files say. */
function outOfSync(resource: Readonly<Record<string, unknown>>): LiveObject[] {
  return withStatus(cluster.objects, "warehouse-dev", {
    sync: { status: "OutOfSync", revision: head },
    resources: [{ kind: "Service", namespace: "warehouse-dev", name: "stock-database", status: "OutOfSync", ...resource }],
  });
}

const lineOf = (text: string, name: string): string => text.split("\n").find((line) => line.includes(` ${name} `)) ?? "";

describe("text", () => {
  test("says that all is well, Application by Application, and exits 0", async () => {
    const { exitCode, stdout, stderr } = await status();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/^STATE {2}NAME +SYNC +HEALTH +REVISION +LAST SYNC +NOTE\n/);
    expect(lineOf(stdout, "warehouse-dev")).toMatch(new RegExp(`^ok +warehouse-dev +Synced +Healthy +${head.slice(0, 7)} +1h automated$`));
    expect(stdout).toMatch(new RegExp(`\n\nall \\d+ Applications are as they should be; central beside ${head.slice(0, 7)}\n$`));
  });

  test("puts the worst first, names what drifted, and exits 1", async () => {
    cluster.objects = outOfSync({}).filter(({ metadata }) => metadata.name !== "root-dev" && metadata.name !== "warehouse-production");
    const { exitCode, stdout } = await status();
    expect(exitCode).toBe(1);
    const lines = stdout.split("\n").slice(1, 4);
    expect(lines[0]).toMatch(/^missing +root-dev +- +- +- +-$/);
    expect(lines[1]).toMatch(/^drifted +warehouse-dev +OutOfSync +Healthy +\S+ +1h automated +Service warehouse-dev\/stock-database$/);
    expect(lines[2]).toMatch(/^ok /);
    expect(stdout).toMatch(/\nmissing +AppProject warehouse-production /);
    expect(stdout).toMatch(/\n2 of \d+ Applications and 1 other object are not as they should be: 2 missing, 1 drifted; /);
  });

  test("lists what is in the cluster and not in Git", async () => {
    cluster.objects.push(liveObject("Application", "guest"));
    const { exitCode, stdout } = await status();
    expect(stdout).toContain("\nin the cluster, not in Git:\n  Application guest\n");
    expect(exitCode).toBe(0);
  });

  test("keeps a long message on one line", async () => {
    const operationState = { phase: "Failed", message: `first\nsecond ${"word ".repeat(50)}`, operation: {} };
    cluster.objects = withStatus(cluster.objects, "warehouse-dev", { operationState });
    const line = lineOf((await status()).stdout, "warehouse-dev");
    expect(line).toMatch(/^failed .* failed +first second word .*…$/);
    expect(line.length).toBeLessThan(220);
  });

  test("has no colours unless it goes to a terminal", async () => {
    const stdout = async (terminal: boolean) => (await status([], { color: true, terminal })).stdout;
    expect(await stdout(false)).not.toContain("\u001b");
    expect(await stdout(true)).toContain("\u001b");
  });
});

test("says that the root was told to deliver nothing any more, whichever its status", async () => {
  cluster.objects = cluster.objects.map((object) =>
    object.kind === "Application" && object.metadata.name === "root"
      ? { ...object, spec: { ...(object.spec as object), syncPolicy: {} } }
      : object,
  );
  const { exitCode, stdout } = await status();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^diverted +root +Synced +Healthy .* its automatic sync is off instead of on$/m);
});

test("a commit that changes other files keeps an Application as it should be, one that changes its own does not", async () => {
  warehouse.clone.commit({ "docs/readme.md": "words" });
  expect((await status(["--application", "warehouse-dev"])).exitCode).toBe(0);
  warehouse.clone.commit({ [edited]: `${warehouse.shop.read(edited)}# more\n` });
  const { exitCode, stdout } = await status(["--application", "warehouse-dev"]);
  expect(exitCode).toBe(1);
  expect(lineOf(stdout, "warehouse-dev")).toMatch(new RegExp(`^behind .* compared at ${head.slice(0, 7)}$`));
});

test("an older commit is held by an Application that is ahead of it", async () => {
  const next = warehouse.clone.commit({ [edited]: `${warehouse.shop.read(edited)}# more\n` });
  cluster.objects = deliveredObjects(warehouseManifests, next);
  const { exitCode, stdout } = await status(["--application", "warehouse-dev", "--contains", head]);
  expect(exitCode).toBe(0);
  expect(lineOf(stdout, "warehouse-dev")).toMatch(/^ahead /);
});

test("JSON has one shape, which says everything that a program asks", async () => {
  cluster.objects = outOfSync({ group: "" });
  const { exitCode, stdout } = await status(["--output", "json", "--environment", "dev", "--system", "warehouse"]);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    controlPlane: "central",
    namespace: "argocd",
    context: "central",
    revision: head,
    at: "2026-04-01T09:00:00.000Z",
    applications: [
      {
        name: "warehouse-dev",
        environment: "dev",
        system: "warehouse",
        path,
        state: "drifted",
        note: "Service warehouse-dev/stock-database",
        holds: false,
        sync: "OutOfSync",
        health: "Healthy",
        revision: head,
        automated: true,
        lastSync: {
          by: "automated",
          at: "2026-04-01T08:00:00Z",
          phase: "Succeeded",
          message: "successfully synced (all tasks run)",
          revision: head,
        },
        drifted: [{ group: "", kind: "Service", namespace: "warehouse-dev", name: "stock-database" }],
        pending: [],
        prunable: [],
        conditions: [],
      },
    ],
    objects: [{ kind: "AppProject", name: "warehouse-dev", environment: "dev", system: "warehouse", state: "ok", note: "" }],
    notInGit: [],
  });
});

describe("a command line that cannot run exits 2 with one error", () => {
  const two = [
    ...warehouseOnly.controlPlanes,
    defineControlPlane({ ...warehouseOnly.controlPlanes[0], name: "second", environments: [] } as never),
  ];
  test.each<[string, readonly string[], Surroundings, string]>([
    [
      "an unknown control plane",
      ["--control-plane", "centre"],
      {},
      "error: there is no control plane 'centre'\n  hint: the control planes are: 'central'\n",
    ],
    ["an unknown commit", ["--revision", "v9"], {}, "error: this clone has no commit 'v9'\n  hint: fetch it: git fetch\n"],
    [
      "no duration",
      ["--wait", "--timeout", "soon"],
      {},
      "error: the '--timeout' 'soon' is not a Go duration\n  hint: for example '5s' or '1h30m'\n",
    ],
    [
      "a time without anything to wait for",
      ["--timeout", "5m"],
      {},
      "error: '--timeout' says how long to wait\n  hint: give --wait as well\n",
    ],
    [
      "JSON that is redrawn",
      ["--watch", "--output", "json"],
      {},
      "error: '--watch' prints for people, got '--output json'\n  hint: leave one of them out\n",
    ],
    [
      "a context that there is not",
      [],
      { connect: () => Promise.reject(new UserError("there is no context 'x' in the kubeconfig")) },
      "error: there is no context 'x' in the kubeconfig\n",
    ],
  ])("%s", async (_what, argv, world, message) => {
    expect(await status(argv, world)).toEqual({ exitCode: 2, stdout: "", stderr: message });
  });

  test("two control planes and none chosen", async () => {
    const definitions = { ...warehouseOnly, controlPlanes: two };
    expect((await status([], { definitions })).stderr).toContain("there are several control planes\n  hint: choose by --control-plane: ");
    expect((await status(["--control-plane", "central"], { definitions })).stderr).not.toContain("several");
  });

  test("--watch beside --wait", async () => {
    const { exitCode, stderr } = await status(["--watch", "--wait"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("'--watch' cannot be used with option '--wait'");
  });

  test("a permission that is missing is named", async () => {
    cluster = new FakeCluster({ context: "central", objects: cluster.objects, denied: ["list applicationsets"] });
    const { exitCode, stdout, stderr } = await status();
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('cannot list resource "applicationsets"');
  });
});

test("three requests are all that it takes", async () => {
  await status();
  expect([...cluster.asked].sort()).toEqual([
    "list argoproj.io/v1alpha1 AppProject argocd",
    "list argoproj.io/v1alpha1 Application argocd",
    "list argoproj.io/v1alpha1 ApplicationSet argocd",
  ]);
});

test("generated files that are not committed are warned of: they are not what the cluster can hold", async () => {
  warehouse.shop.edit(edited, "kind: Service", "kind: Service # edited");
  const { exitCode, stderr } = await status();
  expect(stderr).toBe("warning: 'generated/yaml' differs from HEAD; a cluster is compared with what is committed\n");
  expect(exitCode).toBe(0);
});

describe("--record", () => {
  const record = (): string => readFileSync(join(warehouse.shop.root, "syncs.jsonl"), "utf8");

  test("writes every sync once, and leaves what is there as it is", async () => {
    const { stderr } = await status(["--record", "syncs.jsonl", "--system", "warehouse"]);
    expect(stderr).toBe("recorded 3 syncs in syncs.jsonl\n");
    const before = record();
    expect(before.split("\n").filter(Boolean)).toHaveLength(3);
    expect((await status(["--record", "syncs.jsonl", "--system", "warehouse"])).stderr).toBe("");
    expect(record()).toBe(before);
    const history = [{ id: 1, revision: head, deployedAt: "2026-04-01T08:30:00Z", initiatedBy: { username: "ada" } }];
    cluster.objects = withStatus(cluster.objects, "warehouse-dev", { history });
    await status(["--record", "syncs.jsonl", "--system", "warehouse"]);
    expect(record().startsWith(before)).toBe(true);
    expect(JSON.parse(record().slice(before.length))).toMatchObject({ application: "warehouse-dev", id: 1, by: "ada" });
    expect(readdirSync(warehouse.shop.root).filter((name) => name.includes("tmp"))).toEqual([]);
  });

  test("starts a new line after one that somebody left open", async () => {
    writeFileSync(join(warehouse.shop.root, "syncs.jsonl"), '{"uid":"x","id":0}');
    await status(["--record", "syncs.jsonl", "--application", "warehouse-dev"]);
    expect(record()).toMatch(/^\{"uid":"x","id":0\}\n\{"application":"warehouse-dev".*\}\n$/);
  });

  test("writes nothing into a file that holds something else", async () => {
    writeFileSync(join(warehouse.shop.root, "syncs.jsonl"), "a diary\n");
    const { exitCode, stderr } = await status(["--record", "syncs.jsonl"]);
    expect([exitCode, stderr]).toEqual([
      2,
      "error: the line 'syncs.jsonl:1' is not a record of a sync\n  hint: mend or remove that line; nothing was written\n",
    ]);
    expect(record()).toBe("a diary\n");
  });

  test("makes no folder", async () => {
    const { exitCode, stderr } = await status(["--record", "reports/syncs.jsonl"]);
    expect([exitCode, stderr]).toEqual([
      2,
      "error: there is no folder for the record 'reports/syncs.jsonl'\n  hint: make the folder first\n",
    ]);
    expect(existsSync(join(warehouse.shop.root, "reports"))).toBe(false);
  });
});
