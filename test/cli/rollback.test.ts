import { join } from "node:path";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { renderBookshop } from "../fixtures/bookshop/render.ts";
import { deliveredObjects, withStatus } from "../support/delivered-objects.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { ShopClone } from "../support/shop-clone.ts";
import type { Outcome, Surroundings } from "../support/temporary-shop.ts";

// every command renders the bookshop, some of them several times
jest.setTimeout(60_000);

const shipping = "registry.paperback.example/books/shipping";
const released = (version: string, digit: string): string => `${shipping}:${version}@sha256:${digit.repeat(64)}`;
const shippingInDev = ["warehouse/shipping", "--environment", "dev"] as const;
const shippingInProduction = ["warehouse/shipping", "--environment", "production"] as const;

/** What a story is told in: a clone of a fresh bare repository, and a clock of its own. */
class Story {
  readonly shop = new ShopClone();
  #minutes = 0;

  /** `keelson`, a minute later each time. */
  run(argv: readonly string[], world: Surroundings = {}): Promise<Outcome> {
    const at = new Date(Date.parse("2026-04-01T09:00:00Z") + 60_000 * this.#minutes++);
    return this.shop.run(argv, { now: () => at, ...world });
  }

  async done(argv: readonly string[], world: Surroundings = {}): Promise<Outcome> {
    const outcome = await this.run(argv, world);
    if (outcome.exitCode !== 0) throw new Error(`${argv.join(" ")}: ${outcome.stderr}${outcome.stdout}`);
    return outcome;
  }

  /** A pin that CI moves in dev. */
  async deploy(tag: string, ...more: readonly string[]): Promise<string> {
    await this.done(["image", "set", "warehouse/shipping", `${shipping}:${tag}`, "--environment", "dev", "--push", ...more]);
    return this.shop.head();
  }

  /** A pin of production, moved by a pull request that somebody merged. */
  async release(version: string, digit: string): Promise<string> {
    const argv = ["image", "set", "warehouse/shipping", released(version, digit), "--environment", "production", "--commit"];
    await this.done(argv);
    this.shop.push();
    return this.shop.head();
  }

  rollback(argv: readonly string[], world: Surroundings = {}): Promise<Outcome> {
    return this.run(["rollback", ...argv], world);
  }

  async json(argv: readonly string[], world: Surroundings = {}): Promise<RollbackJson> {
    const { stdout } = await this.done(["rollback", ...argv, "--output", "json"], world);
    return JSON.parse(stdout) as RollbackJson;
  }

  /** With commits by their age, the oldest `commit0`: their ids change with the fixture. */
  readable(text: string): string {
    const ids = this.shop.git("log", "--all", "--reverse", "--topo-order", "--format=%H").split("\n");
    return ids.reduce((rest, id, age) => rest.replaceAll(id, `commit${age}...`).replaceAll(id.slice(0, 7), `commit${age}`), text);
  }
}

/** The part of `keelson rollback --output json` that is read here. */
interface RollbackJson {
  readonly outcome: string;
  readonly seen?: readonly string[];
  readonly present: { readonly version: string };
  readonly candidates: readonly { readonly steps: number; readonly version: string; readonly avoided?: { readonly kind: string } }[];
  readonly rollback?: {
    readonly version: string;
    readonly evidence: string;
    readonly passes: readonly string[];
    readonly hold?: { readonly targets: readonly string[]; readonly until: string };
    readonly doesNotUndo: readonly { readonly kind: string; readonly message: string }[];
  };
  readonly next: readonly { readonly message: string; readonly command?: string }[];
}

describe("in dev, where pins move by themselves", () => {
  let story: Story;
  beforeAll(async () => {
    story = new Story();
    await story.deploy("sha-bbbbbb2", "--actor", "bob");
    await story.deploy("sha-ccccccc", "--actor", "carol", "--breaking-change", "parcels have a weight");
  });
  afterAll(() => {
    story.shop.remove();
  });

  test("--dry-run tells everything and changes nothing", async () => {
    const before = story.shop.head();
    const { exitCode, stdout, stderr } = await story.rollback([...shippingInDev, "--dry-run"]);
    expect(story.readable(stdout))
      .toBe(`warehouse/shipping in 'dev' runs ccccccc since 2026-04-01T09:01:00Z (carol, commit2: deploy: shipping ccccccc to dev)

  STEPS  VERSION  SINCE                 UNTIL                 WHO           COMMIT   EVIDENCE  WHY
> 1      bbbbbb2  2026-04-01T09:00:00Z  2026-04-01T09:01:00Z  bob           commit1  -         deploy: shipping bbbbbb2 to dev
  2      aedd181  2026-03-01T08:59:00Z  2026-04-01T09:00:00Z  Alice Reader  commit0  -         feat: the bookshop

back to bbbbbb2: the one before, nobody saw it healthy
  warehouse/shipping: ${shipping}:sha-ccccccc → ${shipping}:sha-bbbbbb2
  holds warehouse/shipping until 2026-04-04T09:02:00Z; \`keelson hold release\` ends that

Argo CD syncs 'warehouse-dev' by itself once this is on 'trunk', and refuses \`argocd app rollback\` while it does
  npm run keelson -- status --application warehouse-dev --wait
`);
    expect(story.readable(stderr))
      .toBe(`warning: Job warehouse-dev/migration ran with ccccccc: what it did to a schema or to data stays, and it runs again with the older image
warning: commit2 (deploy: shipping ccccccc to dev) was a breaking change: parcels have a weight
that is not undone by going back to older images
dry run: nothing was changed
`);
    expect(exitCode).toBe(0);
    expect(story.shop.head()).toBe(before);
    expect(story.shop.git("status", "--short")).toBe("");
  });

  test("an evidence file outside of the project says what was healthy: that comes back, however old", async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "keelson-evidence-")));
    const seen = (commit: string, health: string, at: string): string =>
      `${JSON.stringify({ at, application: "warehouse-dev", environment: "dev", system: "warehouse", path: "generated/yaml/dev/eu/warehouse", revision: story.shop.git("rev-parse", commit), sync: "Synced", health })}\n`;
    const evidence = join(folder, "seen.jsonl");
    writeFileSync(
      evidence,
      seen("HEAD~2", "Healthy", "2026-03-20T08:00:00Z") +
        seen("HEAD~1", "Healthy", "2026-04-01T09:00:30Z") +
        seen("HEAD~1", "Degraded", "2026-04-01T09:00:40Z"),
    );
    const { candidates, rollback } = await story.json([...shippingInDev, "--dry-run", "--evidence", evidence]);
    expect(rollback).toMatchObject({ version: "aedd181", evidence: "seen Synced and Healthy at 2026-03-20T08:00:00Z" });
    expect(candidates).toMatchObject([
      { version: "bbbbbb2", evidence: { healthyAt: "2026-04-01T09:00:30Z", degradedAt: "2026-04-01T09:00:40Z" } },
      { version: "aedd181", evidence: { healthyAt: "2026-03-20T08:00:00Z" } },
    ]);
    rmSync(folder, { recursive: true });
  });

  test("a version somebody names is taken, with what is known of it", async () => {
    const { rollback } = await story.json([...shippingInDev, "--dry-run", "--to", "2-steps"]);
    expect(rollback).toMatchObject({ version: "aedd181", evidence: "chosen as 2 steps back; nobody saw it healthy" });
    expect(await story.json([...shippingInDev, "--dry-run", "--to", story.shop.first])).toMatchObject({ rollback: { version: "aedd181" } });
    for (const moment of ["2026-03-15", "7d"])
      expect(await story.json([...shippingInDev, "--dry-run", "--to", moment])).toMatchObject({ rollback: { version: "aedd181" } });
    const there = await story.run(["rollback", ...shippingInDev, "--push", "--to", "HEAD"]);
    expect(there).toMatchObject({ exitCode: 0, stderr: "nothing is to be changed\n" });
  });

  test("one commit takes pin, generated files and hold; whoever comes after is told, and does not go to what was rolled back from", async () => {
    const argv = [...shippingInDev, "--push", "--reason", "parcels are lost", "--actor", "dave", "--refs", "BOOKS-9"];
    const { stdout } = await story.done(["rollback", ...argv]);
    expect(story.readable(stdout)).toContain("updated dev/eu/warehouse/shipping/deployment-shipping.yaml\n");
    expect(story.shop.git("log", "-1", "--format=%B")).toBe(`rollback: shipping to bbbbbb2

Environment: dev
Services: warehouse/shipping
Source-Commit: bbbbbb2
Reason: parcels are lost
Evidence: the one before, nobody saw it healthy
Actor: dave
Refs: BOOKS-9
`);
    expect(story.shop.pushed()).toBe(story.shop.head());
    expect(story.shop.git("show", "--name-only", "--format=").split("\n")).toEqual([
      "environments/dev/holds.yaml",
      "environments/dev/images.yaml",
      "generated/yaml/argocd/central/dev/applications/warehouse-dev.yaml",
      "generated/yaml/dev/eu/warehouse/migration/job-migration.yaml",
      "generated/yaml/dev/eu/warehouse/shipping/deployment-shipping.yaml",
    ]);
    expect(story.shop.read("environments/dev/holds.yaml")).toMatch(
      /^warehouse\/shipping: \{ until: 2026-04-04T\d\d:\d\d:00Z, by: dave, reason: "rolled back to bbbbbb2: parcels are lost", ticket: BOOKS-9 \}$/m,
    );
    await expect(story.deploy("sha-ddddddd")).rejects.toThrow("rolled back to bbbbbb2");
    const { candidates, rollback } = await story.json([...shippingInDev, "--dry-run"]);
    expect(candidates.map(({ version, avoided }) => [version, avoided?.kind])).toEqual([
      ["ccccccc", "rolled-back"],
      ["aedd181", undefined],
    ]);
    expect(rollback).toMatchObject({
      version: "aedd181",
      passes: [
        expect.stringMatching(
          /^the hold of 'warehouse\/shipping' until .*Z, by dave: rolled back to bbbbbb2: parcels are lost \(BOOKS-9\)$/,
        ),
      ],
    });
  });

  test("a hold that ends later stays; --no-hold sets none, --hold-until another", async () => {
    expect((await story.json([...shippingInDev, "--dry-run", "--hold-until", "2026-04-02"])).rollback?.hold).toBeUndefined();
    expect((await story.json([...shippingInDev, "--dry-run", "--no-hold"])).rollback?.hold).toBeUndefined();
    const { rollback } = await story.json([...shippingInDev, "--dry-run", "--hold-until", "2026-05-01"]);
    expect(rollback?.hold).toEqual({ targets: ["warehouse/shipping"], until: "2026-05-01T23:59:59Z" });
  });
});

test("--if-degraded judges what runs beside the pins that it finds on the branch, not those that it started from", async () => {
  const story = new Story();
  const bad = await story.deploy("sha-bbbbbb2");
  const other = story.shop.another();
  await other.run(["image", "set", "warehouse/shipping", `${shipping}:sha-ccccccc`, "--environment", "dev", "--push"]);
  const objects = withStatus(deliveredObjects(renderBookshop().manifests, bad), "warehouse-dev", { health: { status: "Degraded" } });
  const world = { connect: () => Promise.resolve(new FakeCluster({ objects })) };
  expect(await story.run(["rollback", ...shippingInDev, "--if-degraded", "--push"], world)).toEqual({
    exitCode: 0,
    stdout: `'warehouse-dev' is Degraded at ${bad.slice(0, 7)}, which does not run the present pins\nnothing is rolled back\n`,
    stderr: "",
  });
  expect(story.shop.head()).toBe(other.head());
  story.shop.remove();
});

describe("in production, where pins move by pull requests and somebody syncs", () => {
  let story: Story;
  beforeAll(async () => {
    story = new Story();
    await story.release("v1.11.0", "b");
    await story.release("v1.12.0", "c");
  });
  afterAll(() => {
    story.shop.remove();
  });
  const cluster = (history: readonly object[], status: object = {}): FakeCluster => {
    const objects = deliveredObjects(renderBookshop().manifests, story.shop.head());
    return new FakeCluster({ objects: withStatus(objects, "warehouse-production-eu", { history, ...status }) });
  };

  test("it is pushed as a branch only, holds nothing, and says what is left to do by hand", async () => {
    expect(await story.rollback([...shippingInProduction, "--push"])).toMatchObject({
      exitCode: 2,
      stderr: "error: 'warehouse' in 'production' takes pull requests\n  hint: give `--branch <name>` instead of `--push`\n",
    });
    const { stdout } = await story.done(["rollback", ...shippingInProduction, "--branch", "back"]);
    expect(story.readable(stdout.slice(stdout.indexOf("back to")))).toBe(`back to v1.11.0: the one before, nobody saw it healthy
  warehouse/shipping: ${released("v1.12.0", "c")} → ${released("v1.11.0", "b")}
updated production/eu/warehouse/migration/job-migration.yaml
updated production/eu/warehouse/shipping/deployment-shipping.yaml
updated production/us/warehouse/migration/job-migration.yaml
updated production/us/warehouse/shipping/deployment-shipping.yaml
0 created, 4 updated, 0 deleted
commit commit3 on branch 'back' of 'origin'

'back' waits for a pull request into 'trunk'
${["eu", "us"]
  .map(
    (region) => `nobody syncs 'warehouse-production-${region}' but you, once this is on 'trunk'
  argocd app sync warehouse-production-${region}
sooner, by Argo CD's own history: the id of the newest sync of a commit from commit1 on and before commit2, then \`argocd app rollback warehouse-production-${region} <id>\`. This commit must land all the same: until then the next sync brings v1.12.0 back. It takes the whole Application back: also stock-report, stock-database.
  argocd app history warehouse-production-${region}
`,
  )
  .join("")}`);
  });

  test("Argo CD's history says which id, and that a version ran at all", async () => {
    const [first, second] = [story.shop.first, story.shop.git("rev-parse", "HEAD~1")];
    const sync = (id: number, revision: string): object => ({ id, revision, deployedAt: `2026-04-01T08:0${id}:00Z` });
    const world = {
      connect: () => Promise.resolve(cluster([sync(3, first), sync(4, first), sync(5, second), sync(6, story.shop.head())])),
    };
    const { rollback, next } = await story.json([...shippingInProduction, "--dry-run", "--context", "central"], world);
    expect(rollback).toMatchObject({
      version: "v1.11.0",
      evidence: "the one before, synced at 2026-04-01T08:05:00Z, nobody saw it healthy",
    });
    expect(next.flatMap(({ command }) => command ?? [])).toEqual([
      "argocd app sync warehouse-production-eu",
      "argocd app rollback warehouse-production-eu 5",
      "argocd app sync warehouse-production-us",
    ]);
    // v1.11.0 was released, and never synced
    const skipped = { connect: () => Promise.resolve(cluster([sync(4, first), sync(6, story.shop.head())])) };
    const other = await story.json([...shippingInProduction, "--dry-run", "--context", "central"], skipped);
    expect(other.rollback).toMatchObject({ version: "v1.10.0", evidence: expect.stringContaining("synced at") });
    expect(other.next.flatMap(({ command }) => command ?? [])).toContain("argocd app rollback warehouse-production-eu 4");
  });

  test("--if-degraded leaves production to people, unless it is allowed; then it looks at what runs", async () => {
    expect(await story.rollback([...shippingInProduction, "--if-degraded"])).toMatchObject({
      exitCode: 2,
      stderr: `error: '--if-degraded' rolls nothing back by itself in 'production', where changes need a pull request
  hint: somebody should look first; --allow-production allows it
`,
    });
    const asked = [...shippingInProduction, "--if-degraded", "--allow-production", "--dry-run"];
    const answer = (status: object): Promise<RollbackJson> =>
      story.json(asked, { connect: () => Promise.resolve(cluster([], { ...status })) });
    const degraded = { health: { status: "Degraded" } };
    expect(await answer({})).toMatchObject({
      outcome: "not-degraded",
      seen: ["'warehouse-production-eu' is Healthy", "'warehouse-production-us' is Healthy"],
    });
    expect(await answer({ ...degraded, sync: { status: "Synced", revision: story.shop.first } })).toMatchObject({
      outcome: "not-degraded",
      seen: [
        expect.stringMatching(/^'warehouse-production-eu' is Degraded at .{7}, which does not run the present pins$/),
        expect.anything(),
      ],
    });
    expect(await answer({ ...degraded, sync: { status: "OutOfSync", revision: story.shop.head() } })).toMatchObject({
      outcome: "not-degraded",
    });
    expect(await answer(degraded)).toMatchObject({ outcome: "dry-run", rollback: { version: "v1.11.0" } });
  });
});

describe("what moves together", () => {
  test("goes back together", async () => {
    const story = new Story();
    const [warehouse] = bookshop.systems;
    if (warehouse === undefined) throw new Error("the bookshop has a warehouse");
    const [stockReport, shippingService] = warehouse.services;
    if (stockReport === undefined || shippingService === undefined) throw new Error("the warehouse has services");
    const together = { ...warehouse, movesTogether: [[stockReport, shippingService]] };
    const definitions = { ...bookshop, systems: bookshop.systems.map((system) => (system === warehouse ? together : system)) };
    const report = "registry.paperback.example/books/stock-report";
    const set = ["warehouse/shipping", `${shipping}:sha-bbbbbb2`, "warehouse/stock-report", `${report}:sha-bbbbbb2`];
    await story.done(["image", "set", ...set, "--environment", "dev", "--push"], { definitions });
    const { stdout } = await story.done(["rollback", ...shippingInDev, "--push"], { definitions });
    expect(stdout).toContain(`back to shipping aedd181, stock-report 45e2b7e: the one before, nobody saw it healthy
  warehouse/shipping: ${shipping}:sha-bbbbbb2 → ${shipping}:sha-aedd181
  warehouse/stock-report: ${report}:sha-bbbbbb2 → ${report}:sha-45e2b7e
  they move together: stock-report, shipping
  holds warehouse/stock-report, warehouse/shipping until 2026-04-04T09:01:00Z`);
    expect(story.shop.git("log", "-1", "--format=%s")).toBe("rollback: shipping to aedd181, stock-report to 45e2b7e");
    story.shop.remove();
  });
});

describe("what cannot be done", () => {
  let story: Story;
  beforeAll(() => {
    story = new Story();
  });
  afterAll(() => {
    story.shop.remove();
  });

  test.each<[string, readonly string[], string]>([
    [
      "a part of a service",
      ["warehouse/shipping:log-shipper", "--environment", "dev"],
      "error: a rollback takes a service as a whole, got 'warehouse/shipping:log-shipper'\n  hint: name 'warehouse/shipping'; a single pin is moved by `keelson image set`\n",
    ],
    [
      "a service without pins",
      ["warehouse/migration", "--environment", "dev"],
      "error: 'warehouse/migration' has no pin of its own: it runs the image of 'shipping'\n  hint: name 'warehouse/shipping': both move with its pin\n",
    ],
    [
      "one version only",
      [...shippingInDev],
      "error: there is nothing to go back to for 'warehouse/shipping' in 'dev'\n  hint: nothing else ran there yet\n",
    ],
    [
      "an unknown version",
      [...shippingInDev, "--to", "v77"],
      "error: 'v77' names no commit of this branch and no version that ran\n  hint: nothing else ran here yet\n",
    ],
    [
      "too many steps",
      [...shippingInDev, "--to", "1-step"],
      "error: '1-step' goes back further than there is history\n  hint: nothing else ran here yet\n",
    ],
    ["a day that never was", [...shippingInDev, "--to", "2026-13-01"], "error: --to '2026-13-01' is no day of the calendar\n"],
    [
      "a time before the branch",
      [...shippingInDev, "--to", "2020-01-01"],
      "error: this branch is younger than '2020-01-01'\n  hint: see what ran with --list\n",
    ],
    [
      "others without configuration",
      [...shippingInDev, "--allow-others"],
      "error: '--allow-others' goes with '--include-config'\n  hint: give --include-config as well, or leave it out\n",
    ],
    [
      "production without a condition",
      [...shippingInDev, "--allow-production"],
      "error: '--allow-production' goes with '--if-degraded'\n  hint: give --if-degraded as well, or leave it out\n",
    ],
    [
      "a hold that is none",
      [...shippingInDev, "--no-hold", "--hold-until", "2027-01-01"],
      "error: '--no-hold' and '--hold-until' contradict each other\n  hint: give one\n",
    ],
    [
      "evidence that is not there",
      [...shippingInDev, "--evidence", "seen.jsonl"],
      "error: the file 'seen.jsonl' cannot be read: there is no such file\n",
    ],
  ])("%s", async (_, argv, stderr) => {
    expect(await story.rollback([...argv, "--push"])).toEqual({ exitCode: 2, stdout: "", stderr });
    expect(story.shop.git("status", "--short")).toBe("");
  });

  test("a configuration, in a working tree with changes of its own", async () => {
    const pins = story.shop.read("environments/dev/images.yaml");
    story.shop.put("environments/dev/images.yaml", `# mine\n${pins}`);
    expect(await story.rollback([...shippingInDev, "--include-config"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("error: this clone differs from its last commit: M environments/dev/images.yaml"),
    });
    story.shop.put("environments/dev/images.yaml", pins);
  });

  test("a shallow clone", async () => {
    const one = new Story();
    await one.deploy("sha-bbbbbb2");
    one.shop.git("fetch", "--quiet", "--depth=1", `file://${one.shop.origin}`);
    one.shop.git("update-ref", "refs/heads/trunk", "FETCH_HEAD");
    const { exitCode, stderr } = await one.rollback([...shippingInDev, "--list"]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("error: this clone is shallow") });
    one.shop.remove();
  });

  test("what was taken back, with nothing else left", async () => {
    const one = new Story();
    await one.deploy("sha-bbbbbb2");
    await one.done(["rollback", ...shippingInDev, "--push"]);
    const { exitCode, stderr } = await one.rollback([...shippingInDev, "--push"]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `error: nothing good is left to go back to for 'warehouse/shipping' in 'dev'
  hint: choose one by --to: bbbbbb2 (1-step) was rolled back from
`,
    });
    one.shop.remove();
  });
});
