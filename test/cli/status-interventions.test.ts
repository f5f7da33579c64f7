import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { BreakGlass } from "../../lib/definition/break-glass.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { readHolds } from "../../lib/hold/holds.ts";
import { renderRepository } from "../../lib/synth/line.ts";
import { warehouse as system } from "../fixtures/bookshop/apps/warehouse/system.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";
import { bookshopPins } from "../fixtures/bookshop/render.ts";
import { deliveredObjects } from "../support/delivered-objects.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import type { Outcome } from "../support/temporary-shop.ts";
import { WarehouseClone, warehouseOnly } from "../support/warehouse-clone.ts";

const holds = `"*": { until: 2026-03-31T23:59:59Z, by: ada, reason: "the audit" }
warehouse/shipping: { until: 2026-04-02T00:00:00Z, by: bob, reason: "rolled back", ticket: BOOK-78 }
`;
const override = BreakGlass.of({
  ...{
    environment: dev,
    autoSync: "off",
    reason: "the scales are read by hand",
    ticket: "BOOK-77",
    owner: system.team,
    until: "2026-04-01",
  },
});
const definitions: Definitions = { ...warehouseOnly, systems: [{ ...system, breakGlass: [override] }] };

let warehouse: WarehouseClone;
let head: string;
let cluster: FakeCluster;
beforeAll(async () => {
  warehouse = await WarehouseClone.make();
  warehouse.shop.write("environments/dev/holds.yaml", holds);
  const { exitCode, stderr } = await warehouse.shop.run(["synth"], { definitions });
  expect({ exitCode, errors: stderr.match(/^error.*/gm) }).toEqual({ exitCode: 0, errors: null });
  head = warehouse.clone.commit();
});
beforeEach(() => {
  const input = { definitions, pins: bookshopPins, holds: new Map([["dev", readHolds(holds, "environments/dev/holds.yaml")]]) };
  cluster = new FakeCluster({ context: "central", objects: deliveredObjects(renderRepository(input).manifests, head) });
});
afterAll(() => {
  warehouse.remove();
});

function status(argv: readonly string[] = [], now = "2026-04-01T09:00:00Z"): Promise<Outcome> {
  return warehouse.status(argv, { definitions, connect: () => Promise.resolve(cluster), now: () => new Date(now) });
}

test("an Application that is paused in Git is as it should be, and what is laid over it stands below the table", async () => {
  const { exitCode, stdout } = await status(["--environment", "dev"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^ok +warehouse-dev +Synced /m);
  expect(stdout).toContain(
    [
      "",
      "held, or left to people:",
      `  warehouse-dev: automatic sync is off until 2026-04-01, by ${system.team.name}: the scales are read by hand (BOOK-77)`,
      "  warehouse-dev: ENDED: the environment is held until 2026-03-31T23:59:59Z, by ada: the audit",
      "  warehouse-dev: warehouse/shipping is held until 2026-04-02T00:00:00Z, by bob: rolled back (BOOK-78)",
      "",
    ].join("\n"),
  );
});

test("an Application whose automatic sync somebody switched on again is not", async () => {
  cluster.objects = cluster.objects.map((object) =>
    object.kind === "Application" && object.metadata.name === "warehouse-dev"
      ? { ...object, spec: { ...(object.spec as object), syncPolicy: { automated: { prune: true, selfHeal: true } } } }
      : object,
  );
  const { exitCode, stdout } = await status(["--application", "warehouse-dev"]);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^diverted +warehouse-dev .* its automatic sync is on instead of off$/m);
});

test("others have nothing laid over them", async () => {
  const { stdout } = await status(["--environment", "production"]);
  expect(stdout).not.toContain("held");
});

test("an override has ended on the day after", async () => {
  const ended = "warehouse-dev: ENDED: automatic sync is off until 2026-04-01";
  expect((await status([], "2026-04-01T23:59:59.999Z")).stdout).not.toContain(ended);
  expect((await status([], "2026-04-02T00:00:00Z")).stdout).toContain(ended);
});

test("JSON tells it of each Application", async () => {
  const { stdout } = await status(["--application", "warehouse-dev", "--output", "json"]);
  const { applications } = JSON.parse(stdout) as { readonly applications: readonly object[] };
  expect(applications).toEqual([
    expect.objectContaining({
      ...{ state: "ok", holds: true, automated: false },
      held: [
        { target: "*", until: "2026-03-31T23:59:59Z", by: "ada", reason: "the audit", ended: true },
        { target: "warehouse/shipping", until: "2026-04-02T00:00:00Z", by: "bob", reason: "rolled back", ticket: "BOOK-78", ended: false },
      ],
      breakGlass: {
        ...{
          off: "autoSync",
          until: "2026-04-01",
          by: system.team.name,
          reason: "the scales are read by hand",
          ticket: "BOOK-77",
          ended: false,
        },
      },
    }),
  ]);
});

test("validate takes an ended override for an error, synth warns, and both name one that ends within a week", async () => {
  const message = "the break-glass override of 'warehouse' in 'dev'";
  const of = (command: readonly string[], now: string): Promise<Outcome> =>
    warehouse.shop.run(command, { definitions, now: () => new Date(now) });
  const line = (severity: string, ends: string): string => `${severity}: ${message} ${ends} on 2026-04-01`;
  expect((await of(["validate"], "2026-03-25T00:00:00Z")).stderr).not.toContain(message);
  const soon = await of(["validate"], "2026-03-26T00:00:00Z");
  expect(soon.stderr).toContain(line("warning", "ends"));
  const ended = await of(["validate"], "2026-04-02T00:00:00Z");
  expect(ended.exitCode).toBe(1);
  expect(ended.stderr).toContain(line("error", "ended"));
  expect((await of(["validate", "--date", "2026-04-02"], "2026-03-01T00:00:00Z")).exitCode).toBe(1);
  const { exitCode, stderr } = await of(["synth", "--check"], "2026-04-02T00:00:00Z");
  expect(exitCode).toBe(0);
  expect(stderr).toContain(line("warning", "ended"));
});
