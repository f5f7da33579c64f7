import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { readEvidence } from "../../lib/evidence/evidence-file.ts";
import { deliveredObjects, withStatus } from "../support/delivered-objects.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import type { Outcome, Surroundings } from "../support/temporary-shop.ts";
import { WarehouseClone, warehouseManifests } from "../support/warehouse-clone.ts";

let warehouse: WarehouseClone;
let cluster: FakeCluster;
beforeAll(async () => {
  warehouse = await WarehouseClone.make();
});
beforeEach(() => {
  cluster = new FakeCluster({ context: "central", objects: deliveredObjects(warehouseManifests, warehouse.head) });
});
afterEach(() => {
  warehouse.reset();
});
afterAll(() => {
  warehouse.remove();
});

function status(argv: readonly string[], world: Surroundings = {}): Promise<Outcome> {
  return warehouse.status(["--system", "warehouse", ...argv], { connect: () => Promise.resolve(cluster), ...world });
}

const file = (): string => join(warehouse.shop.root, "seen.jsonl");
const written = (): string[] =>
  readEvidence(readFileSync(file(), "utf8"), "seen.jsonl").map(({ at, application, sync, health, unsettled }) =>
    [at, application, sync, health, ...(unsettled ? ["unsettled"] : [])].join(" "),
  );

test("--evidence appends each Application once, and again when it is not as it was", async () => {
  expect((await status(["--evidence", "seen.jsonl"])).stderr).toBe("recorded 3 observations in seen.jsonl\n");
  const before = readFileSync(file(), "utf8");
  expect(JSON.parse(before.split("\n")[0] ?? "")).toEqual({
    at: "2026-04-01T09:00:00Z",
    application: "warehouse-dev",
    environment: "dev",
    system: "warehouse",
    path: "generated/yaml/dev/eu/warehouse",
    revision: warehouse.head,
    sync: "Synced",
    health: "Healthy",
  });
  expect((await status(["--evidence", "seen.jsonl"], { now: () => new Date("2026-04-01T10:00:00Z") })).stderr).toBe("");
  expect(readFileSync(file(), "utf8")).toBe(before);
  cluster.objects = withStatus(cluster.objects, "warehouse-dev", { health: { status: "Degraded" } });
  const { stderr } = await status(["--evidence", "seen.jsonl"], { now: () => new Date("2026-04-01T11:00:00Z") });
  expect(stderr).toBe("recorded 1 observation in seen.jsonl\n");
  expect(readFileSync(file(), "utf8").startsWith(before)).toBe(true);
  expect(written()).toEqual([
    "2026-04-01T09:00:00Z warehouse-dev Synced Healthy",
    "2026-04-01T09:00:00Z warehouse-production-eu Synced Healthy",
    "2026-04-01T09:00:00Z warehouse-production-us Synced Healthy",
    "2026-04-01T11:00:00Z warehouse-dev Synced Degraded",
  ]);
  expect(readdirSync(warehouse.shop.root).filter((name) => name.includes("seen"))).toEqual(["seen.jsonl"]);
});

test("--wait writes down every change on the way", async () => {
  const healthy = cluster.objects;
  const ways = [
    withStatus(healthy, "warehouse-dev", { health: { status: "Progressing" } }),
    withStatus(healthy, "warehouse-dev", { operationState: { phase: "Running", operation: {} } }),
    withStatus(healthy, "warehouse-dev", { operationState: { phase: "Running", operation: {} } }),
  ];
  let time = Date.parse("2026-04-01T09:00:00Z");
  cluster.objects = ways[0] ?? [];
  const sleep = (milliseconds: number): Promise<void> => {
    time += milliseconds;
    ways.shift();
    cluster.objects = ways[0] ?? healthy;
    return Promise.resolve();
  };
  const { exitCode } = await status(["--environment", "dev", "--wait", "--evidence", "seen.jsonl"], { now: () => new Date(time), sleep });
  expect(exitCode).toBe(0);
  expect(written()).toEqual([
    "2026-04-01T09:00:00Z warehouse-dev Synced Progressing",
    "2026-04-01T09:00:02Z warehouse-dev Synced Healthy unsettled",
    "2026-04-01T09:00:06Z warehouse-dev Synced Healthy",
  ]);
});

test("a file that holds something else is refused, and stays as it is", async () => {
  writeFileSync(file(), "a diary\n");
  const { exitCode, stdout, stderr } = await status(["--evidence", "seen.jsonl"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toBe(
    "error: the line 'seen.jsonl:1' is not an observation: it is not one JSON object\n" +
      "  hint: mend or remove that line; `keelson status --evidence <file>` writes such files\n",
  );
  expect(readFileSync(file(), "utf8")).toBe("a diary\n");
});

test("no folder, and a folder, are refused", async () => {
  expect((await status(["--evidence", "reports/seen.jsonl"])).stderr).toBe(
    "error: there is no folder for the evidence 'reports/seen.jsonl'\n  hint: make the folder first\n",
  );
  mkdirSync(file());
  expect((await status(["--evidence", "seen.jsonl"])).stderr).toBe("error: the evidence 'seen.jsonl' is not a file\n");
  expect(existsSync(join(warehouse.shop.root, "reports"))).toBe(false);
});
