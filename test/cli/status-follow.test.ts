import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { UserError } from "../../lib/errors/user-error.ts";
import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import { deliveredObjects, withStatus } from "../support/delivered-objects.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { WarehouseClone, warehouseManifests } from "../support/warehouse-clone.ts";
import type { Outcome, Surroundings } from "../support/temporary-shop.ts";

const start = Date.parse("2026-04-01T09:00:00Z");

let warehouse: WarehouseClone;
let head: string;
let delivered: LiveObject[];
let cluster: FakeCluster;
beforeAll(async () => {
  warehouse = await WarehouseClone.make();
  ({ head } = warehouse);
  delivered = deliveredObjects(warehouseManifests, head);
});
beforeEach(() => {
  cluster = new FakeCluster({ context: "central", objects: delivered });
});
afterEach(() => {
  warehouse.reset();
});
afterAll(() => {
  warehouse.remove();
});

/** The clock moves only while the command sleeps; `story` says what happens then, by the number of the sleep. */
async function follow(
  argv: readonly string[],
  story: (sleep: number, interrupt: () => void) => void,
  world: Surroundings = {},
): Promise<Outcome & { slept: number }> {
  let [now, sleeps] = [start, 0];
  const interruption = new AbortController();
  const outcome = await warehouse.status(["--application", "warehouse-dev", ...argv], {
    connect: () => Promise.resolve(cluster),
    now: () => new Date(now),
    sleep: (milliseconds) => {
      now += milliseconds;
      sleeps += 1;
      story(sleeps, () => {
        interruption.abort(new UserError("interrupted"));
      });
      return interruption.signal.aborted ? Promise.reject(interruption.signal.reason as Error) : Promise.resolve();
    },
    interrupt: interruption.signal,
    ...world,
  });
  return { ...outcome, slept: now - start };
}

const running = { operationState: { phase: "Running", message: "waiting for healthy state", operation: {} } };
const starting = { health: { status: "Progressing" } };

describe("--wait", () => {
  test("ends at once where nothing is to be waited for", async () => {
    const { exitCode, stderr, slept } = await follow(["--wait"], () => undefined);
    expect({ exitCode, stderr, slept }).toEqual({ exitCode: 0, stderr: "", slept: 0 });
  });

  test("waits for the sync to end and for health, tells each step on standard error, and prints the result", async () => {
    cluster.objects = withStatus(delivered, "warehouse-dev", running);
    const { exitCode, stdout, stderr } = await follow(["--wait", "--contains", head], (sleep) => {
      if (sleep === 3) cluster.objects = withStatus(delivered, "warehouse-dev", starting);
      if (sleep === 5) cluster.objects = delivered;
    });
    expect(exitCode).toBe(0);
    expect(stderr.split("\n")).toEqual([
      "waiting: 1 of 1 Applications are not as they should be: 1 progressing",
      "2026-04-01T09:00:06.000Z warehouse-dev is progressing: resources are starting",
      "2026-04-01T09:00:10.000Z warehouse-dev is ok",
      "",
    ]);
    expect(stdout).toContain("\nall 1 Applications are as they should be;");
  });

  test("waits until what a person synced was compared again", async () => {
    const finished = { phase: "Succeeded", finishedAt: "2026-04-01T08:59:59Z", operation: {}, syncResult: { revision: head } };
    const compared = (reconciledAt: string) => withStatus(delivered, "warehouse-dev", { operationState: finished, reconciledAt });
    cluster.objects = compared("2026-04-01T08:59:58Z");
    const { exitCode, stderr } = await follow(["--wait"], (sleep) => {
      if (sleep === 2) cluster.objects = compared("2026-04-01T09:00:04Z");
    });
    expect(exitCode).toBe(0);
    expect(stderr).toContain("1 progressing\n2026-04-01T09:00:04.000Z warehouse-dev is ok\n");
  });

  test("does not end while Argo CD compares nothing any more", async () => {
    cluster.objects = withStatus(delivered, "warehouse-dev", { reconciledAt: "2026-04-01T08:44:59Z" });
    const { exitCode, stdout } = await follow(["--wait", "--timeout", "5s"], () => undefined);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^unknown +warehouse-dev .* Argo CD has not compared it since 2026-04-01T08:44:59Z: /m);
  });

  test("does not take an older commit's health for the wanted one's", async () => {
    const edited = "generated/yaml/dev/eu/warehouse/stock-database/service-stock-database.yaml";
    const next = warehouse.clone.commit({ [edited]: `${warehouse.shop.read(edited)}# more\n` });
    const { exitCode, stderr } = await follow(["--wait", "--contains", next], (sleep) => {
      if (sleep === 2) cluster.objects = deliveredObjects(warehouseManifests, next);
    });
    expect(exitCode).toBe(0);
    expect(stderr).toContain("1 behind\n2026-04-01T09:00:04.000Z warehouse-dev is ok\n");
  });

  test("gives up when the time is over, says so, and exits 1", async () => {
    cluster.objects = withStatus(delivered, "warehouse-dev", starting);
    const { exitCode, stdout, stderr, slept } = await follow(["--wait", "--timeout", "5s"], () => undefined);
    expect({ exitCode, slept }).toEqual({ exitCode: 1, slept: 5000 });
    expect(stderr).toMatch(/gave up after 5s\n$/);
    expect(stdout).toMatch(/^progressing +warehouse-dev /m);
  });

  test("says once that somebody must sync, and goes on waiting", async () => {
    cluster.objects = withStatus(delivered, "warehouse-production-eu", { sync: { status: "OutOfSync", revision: head }, history: [] });
    const { exitCode, stderr } = await follow(["--wait", "--application", "warehouse-production-eu"], (sleep) => {
      if (sleep === 4) cluster.objects = delivered;
    });
    expect(exitCode).toBe(0);
    expect(stderr.match(/warehouse-production-eu is not synced automatically; waiting for somebody to sync it/g)).toHaveLength(1);
  });

  test("goes on when the server fails meanwhile, and says so once each time", async () => {
    cluster.objects = withStatus(delivered, "warehouse-dev", starting);
    const [working, failing] = [cluster, new FakeCluster({ denied: ["list applications"] })];
    let current = working;
    const connect = () =>
      Promise.resolve(
        Object.assign(Object.create(working), { list: (...args: Parameters<FakeCluster["list"]>) => current.list(...args) }) as FakeCluster,
      );
    const { exitCode, stderr } = await follow(
      ["--wait"],
      (sleep) => {
        current = [1, 2, 4].includes(sleep) ? failing : working;
        if (sleep === 5) working.objects = delivered;
      },
      { connect },
    );
    expect(exitCode).toBe(0);
    expect(stderr.match(/; trying again\n/g)).toHaveLength(2);
  });

  test("could not run where the first look fails", async () => {
    cluster = new FakeCluster({ denied: ["list applications"] });
    expect((await follow(["--wait"], () => undefined)).exitCode).toBe(2);
  });

  test("ends with 2 when somebody interrupts it", async () => {
    cluster.objects = withStatus(delivered, "warehouse-dev", starting);
    const { exitCode, stdout, stderr } = await follow(["--wait"], (sleep, interrupt) => {
      if (sleep === 2) interrupt();
    });
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/error: interrupted\n$/);
  });
});

describe("--watch", () => {
  test("shows every change with its time, until it is interrupted; its exit code is the last state's", async () => {
    const { exitCode, stdout } = await follow(["--watch"], (sleep, interrupt) => {
      if (sleep === 2) cluster.objects = withStatus(delivered, "warehouse-dev", starting);
      if (sleep === 4) interrupt();
    });
    expect(exitCode).toBe(1);
    expect(stdout.match(/^2026-.*$/gm)).toEqual(["2026-04-01T09:00:00.000Z", "2026-04-01T09:00:04.000Z"]);
  });

  test("ends with 0 when all was well in the end", async () => {
    cluster.objects = withStatus(delivered, "warehouse-dev", starting);
    const { exitCode } = await follow(["--watch"], (sleep, interrupt) => {
      if (sleep === 1) cluster.objects = delivered;
      if (sleep === 2) interrupt();
    });
    expect(exitCode).toBe(0);
  });

  test("redraws a terminal in place", async () => {
    const { stdout } = await follow(
      ["--watch"],
      (sleep, interrupt) => {
        if (sleep === 3) interrupt();
      },
      { terminal: true },
    );
    expect(stdout.split("\u001b[2J\u001b[H")).toHaveLength(4);
    expect(stdout).not.toMatch(/^2026-/m);
  });
});
