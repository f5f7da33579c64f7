import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { UserError } from "../../lib/errors/user-error.ts";
import { DriftWorld } from "../support/drift-world.ts";
import { type Outcome, type Surroundings, TemporaryShop } from "../support/temporary-shop.ts";

const storefront = ["experiment", "drift", "bookshop/storefront", "--environment", "dev"];

let shop: TemporaryShop;
beforeEach(() => {
  shop = new TemporaryShop();
});
afterEach(() => {
  shop.remove();
});

function run(world: DriftWorld, options: readonly string[] = [], surroundings: Surroundings = {}): Promise<Outcome> {
  return shop.run([...storefront, "--out", "measured", "--yes", ...options], { ...world.surroundings, ...surroundings });
}

const measured = (file: string): string => readFileSync(join(shop.root, "measured", file), "utf8");
const summary = (): Record<string, unknown> => JSON.parse(measured("summary.json")) as Record<string, unknown>;

/** `CSV` rows without the header, as lists. */
const rows = (): string[][] =>
  measured("samples.csv")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

describe("experiment drift", () => {
  test("deletes the Deployment, waits the back-off out between trials, and writes samples and verdict", async () => {
    const world = new DriftWorld();
    const { exitCode, stdout } = await run(world, ["--trials", "3"]);
    expect(measured("samples.csv")).toBe(
      `trial,injection,startedAt,secondsToOutOfSync,secondsToRestored,observedSeconds,recovered,outcome,automatic,expectedBackoffSeconds,revision
1,delete,2026-04-01T09:00:00.000Z,,1.25,1.25,true,recovered,true,0.00,c1
2,delete,2026-04-01T09:00:04.000Z,,1.25,1.25,true,recovered,true,0.00,c1
3,delete,2026-04-01T09:00:12.000Z,,1.25,1.25,true,recovered,true,0.00,c1
`,
    );
    expect(exitCode).toBe(0);
    expect(summary()).toMatchObject({
      measured: { trials: 3, recovered: 3, automatic: 3, timedOut: 0, interrupted: 0 },
      secondsToRestored: { n: 3, median: 1.25, min: 1.25, max: 1.25 },
      secondsToOutOfSync: null,
      shareWithinThreshold: 1,
      verdict: { asMeasured: true, withoutBackoff: true },
      stopped: null,
    });
    expect(stdout).toBe(measured("summary.md"));
    expect(world.cluster.asked.filter((asked) => asked.startsWith("delete"))).toHaveLength(3);
    expect(world.cluster.patches).toEqual([]);
  });

  test("measures the back-off with the healing where nothing happens between trials, and judges both ways", async () => {
    const { exitCode, stderr } = await run(new DriftWorld(), ["--trials", "5", "--between", "none"]);
    const restored = rows().map((row) => Number(row[4]));
    // Argo CD holds the second to fifth heal back for 2, 6, 18 and 54 s
    expect(restored.map(Math.floor)).toEqual([1, 2, 6, 18, 54]);
    expect(rows().map((row) => Number(row[9]))).toEqual([0, 1, 5, 17, 53].map((seconds) => expect.closeTo(seconds, 0)));
    expect(
      rows()
        .map((row) => Number(row[3]))
        .slice(1),
    ).toEqual([0.5, 0.5, 0.5, 0.5].map((seconds) => expect.closeTo(seconds, 0)));
    expect(exitCode).toBe(0);
    expect(stderr).toContain("trial 5: back-off up to 54 s, part of the time measured\n");
    shop.remove();
    shop = new TemporaryShop();
    expect((await run(new DriftWorld(), ["--trials", "5", "--between", "none", "--threshold", "30s"])).exitCode).toBe(1);
    expect(summary()).toMatchObject({ shareWithinThreshold: 0.8, verdict: { asMeasured: false, withoutBackoff: true } });
  });

  test("waits for a commit that sets the back-off back", async () => {
    const world = new DriftWorld();
    world.events.push({
      at: world.now + 30_000,
      act: () => {
        world.commit("c2");
      },
    });
    const { exitCode, stderr } = await run(world, ["--trials", "2", "--between", "commit"]);
    expect(exitCode).toBe(0);
    expect(rows().map((row) => [row[4], row[9], row[10]])).toEqual([
      ["1.25", "0.00", "c1"],
      ["1.25", "0.00", "c2"],
    ]);
    expect(stderr).toContain("waiting for a commit that changes generated/yaml/dev/eu/bookshop/storefront (or a sync by hand)\n");
  });

  test.each([
    ["label", { metadata: { labels: { "keelson.dev/team": null } } }],
    ["scale", { spec: { replicas: 0 } }],
  ])("damages by '%s' with a patch of that field alone", async (injection, patch) => {
    const world = new DriftWorld({ notices: 900 });
    const { exitCode } = await run(world, ["--trials", "1", "--injection", injection]);
    expect({ exitCode, patches: world.cluster.patches.map((entry) => entry.patch) }).toEqual({ exitCode: 0, patches: [patch] });
    expect(rows()[0]?.slice(3, 5)).toEqual(["", "1.75"]);
  });

  test("changes one container's image or variable and leaves all else in the Pod as it was", async () => {
    for (const [injection, before, after] of [
      [
        "image",
        /"image":"registry\.paperback\.example:5000\/shop\/storefront:[^"]*"/,
        '"image":"registry.paperback.example:5000/shop/storefront:keelson-drift-experiment"',
      ],
      ["env", '"value":"books: yes, 1_000 of them # and more"', '"value":"books: yes, 1_000 of them # and more-keelson-drift-experiment"'],
    ] as const) {
      const world = new DriftWorld();
      const containers = containersOf(world.cluster.objects.find(({ kind }) => kind === "Deployment"));
      const { exitCode } = await run(world, ["--trials", "1", "--injection", injection, "--out", injection]);
      expect(exitCode).toBe(0);
      expect(JSON.stringify(containersOf(world.cluster.patches[0]?.patch))).toBe(JSON.stringify(containers).replace(before, after));
    }
  });

  test("records a trial that never recovers, tells the state, and starts no other on top of it", async () => {
    const world = new DriftWorld({ healer: "nobody" });
    const { exitCode, stderr } = await run(world, ["--trials", "3", "--timeout", "30s"]);
    expect(exitCode).toBe(1);
    expect(rows()).toEqual([["1", "delete", "2026-04-01T09:00:00.000Z", "0.50", "", "30.00", "false", "timed out", "", "0.00", "c1"]]);
    expect(summary()).toMatchObject({
      verdict: { asMeasured: false, withoutBackoff: false },
      secondsToRestored: null,
      stopped: expect.stringMatching(
        /^trial 1 did not recover in time: the Application is OutOfSync and Healthy .*; the Deployment is not there; the damage is still there$/,
      ),
    });
    expect(stderr).toContain("now the Application is OutOfSync");
    expect(stderr).toContain("to restore it at once: argocd app sync bookshop-storefront-dev\n");
  });

  test.each([
    ["the operation has ended", { runs: 2000 }],
    ["the Application is Synced", { compares: 2000 }],
    ["its Pods are available", { starts: 2000 }],
  ])("takes it for restored when %s", async (_, behaviour) => {
    await run(new DriftWorld(behaviour), ["--trials", "1"]);
    expect(rows()[0]?.[4]).toBe("2.50");
  });

  test("does not count what a person restored", async () => {
    const { exitCode } = await run(new DriftWorld({ healer: "person" }), ["--trials", "1"]);
    expect(exitCode).toBe(1);
    expect(rows()[0]?.slice(6, 9)).toEqual(["true", "recovered", "false"]);
    expect(summary()).toMatchObject({ shareWithinThreshold: 1, verdict: { asMeasured: false } });
  });

  test("keeps what it measured when it is interrupted, and tells the state", async () => {
    const world = new DriftWorld({ notices: 5000 });
    const interruption = new AbortController();
    const { exitCode, stderr } = await run(world, ["--trials", "3"], {
      interrupt: interruption.signal,
      sleep: (milliseconds) => {
        world.pass(milliseconds);
        // in the second trial
        if (world.attempts === 1 && !world.cluster.objects.some(({ kind }) => kind === "Deployment"))
          interruption.abort(new UserError("interrupted"));
        return interruption.signal.aborted ? Promise.reject(new UserError("interrupted")) : Promise.resolve();
      },
    });
    expect({ exitCode, outcomes: rows().map((row) => row[7]) }).toEqual({ exitCode: 2, outcomes: ["recovered", "interrupted"] });
    expect(summary()).toMatchObject({ stopped: expect.stringContaining("trial 2 was interrupted"), verdict: { asMeasured: true } });
    expect(stderr).toContain("the Deployment is not there");
    expect(stderr).toContain("error: interrupted\n");
  });

  test("goes on where the server does not answer for a moment", async () => {
    const world = new DriftWorld();
    const get = world.cluster.get.bind(world.cluster);
    let asked = 0;
    world.cluster.get = (reference) => (++asked === 10 ? Promise.reject(new Error("connection reset")) : get(reference));
    expect((await run(world, ["--trials", "1"])).exitCode).toBe(0);
  });

  test("compares with the times that people took", async () => {
    shop.write("by-hand.csv", "trial,notice_seconds,find_seconds,reapply_seconds\n1,90,40,20\n2,120,35,25\n3,200,60,30\n");
    const { stdout } = await run(new DriftWorld(), ["--trials", "3", "--manual-times", "by-hand.csv"]);
    expect(summary()).toMatchObject({
      manual: {
        seconds: { n: 3, median: 180, min: 150, max: 290 },
        ratioOfMedians: 144,
        test: { u: 9, p: 0.1, method: "exact" },
        automaticTrials: 3,
      },
    });
    expect(stdout).toContain("| Mann-Whitney U, two-sided | U = 9, p = 0.100 (exact) |\n");
    expect(stdout).toContain("- Small samples (n = 3 on a side)");
    expect(stdout).toContain("- Drift recovery time is not DORA's failed deployment recovery time");
  });

  test("starts when somebody types the name of the Application, having read what will happen where", async () => {
    const world = new DriftWorld();
    const asked: string[] = [];
    const { exitCode, stderr } = await shop.run([...storefront, "--trials", "1"], {
      ...world.surroundings,
      ask: (question) => {
        asked.push(question);
        return Promise.resolve(" bookshop-storefront-dev\n");
      },
    });
    expect({ exitCode, asked }).toEqual({ exitCode: 0, asked: ["Type the name of the Application to go on: "] });
    expect(stderr).toContain(`This damages a running service 1 time: it deletes the Deployment with its Pods.
  context      test (https://cluster.test:6443)
  Application  bookshop-storefront-dev
  Deployment   bookshop-dev/storefront
  trial 1: back-off none
`);
    expect(readdirSync(join(shop.root, "drift-bookshop-storefront-dev-20260401T090000"))).toEqual([
      "samples.csv",
      "summary.json",
      "summary.md",
    ]);
  });

  test("names the sync windows that may stand in the way of healing, before it starts", async () => {
    const world = new DriftWorld();
    const syncWindows = [
      { kind: "deny", schedule: "0 22 * * *", duration: "8h", timeZone: "Europe/Berlin", applications: ["bookshop-*-dev"] },
      { kind: "deny", schedule: "0 0 * * *", duration: "1h", applications: ["warehouse-*"] },
      { kind: "allow", schedule: "0 9 * * *", duration: "7h", namespaces: ["bookshop-dev"] },
    ];
    const project = { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata: { name: "bookshop-dev", namespace: "argocd" } };
    world.cluster.objects = [...world.cluster.objects, { ...project, spec: { syncWindows } }];
    expect((await run(world, ["--trials", "1"])).stderr).toContain(`  trial 1: back-off none
  sync window: deny '0 22 * * *' for 8h (Europe/Berlin)
  sync window: allow '0 9 * * *' for 7h (UTC)
  nothing is healed inside a deny window, or outside of an allow window
`);
  });

  test("prints the catalogue and touches nothing", async () => {
    const { exitCode, stdout } = await shop.run(["experiment", "drift", "--list"]);
    expect({ exitCode, names: stdout.match(/^\w+/gm) }).toEqual({ exitCode: 0, names: ["delete", "image", "scale", "label", "env"] });
  });
});

describe("experiment drift refuses, and changes nothing,", () => {
  async function refusal(argv: readonly string[], world = new DriftWorld(), surroundings: Surroundings = {}): Promise<string> {
    const before = JSON.stringify(world.cluster.objects);
    const { exitCode, stdout, stderr } = await shop.run(["experiment", "drift", ...argv], { ...world.surroundings, ...surroundings });
    expect({ exitCode, stdout, objects: JSON.stringify(world.cluster.objects), patches: world.cluster.patches }).toEqual({
      exitCode: 2,
      stdout: "",
      objects: before,
      patches: [],
    });
    expect(world.cluster.asked.some((asked) => /^(delete|patch)/.test(asked))).toBe(false);
    return /^error: (.*)$/m.exec(stderr)?.[1] ?? stderr;
  }

  const live = (
    change: (application: { spec: { syncPolicy: { automated?: object }; source: object } & Record<string, unknown> }) => object,
  ): DriftWorld => {
    const world = new DriftWorld();
    world.cluster.objects = world.cluster.objects.map((object) =>
      object.kind === "Application" ? { ...object, spec: change(object as never) } : object,
    );
    return world;
  };

  test("without a service", async () => {
    expect(await refusal(["--environment", "dev"])).toBe("a service is wanted, got ''");
    expect(await refusal(["storefront", "--environment", "dev"])).toBe("a service is wanted, got 'storefront'");
  });

  test("without an environment, or one that is unknown", async () => {
    expect(await refusal(["bookshop/storefront"])).toBe("an environment is wanted");
    expect(await refusal(["bookshop/storefront", "--environment", "staging"])).toBe("there is no environment 'staging'");
  });

  test("a service that is unknown or runs no Deployment", async () => {
    expect(await refusal(["bookshop/storfront", "--environment", "dev"])).toBe("there is no service 'bookshop/storfront' in 'dev'");
    expect(await refusal(["warehouse/stock-database", "--environment", "dev"])).toBe(
      "'warehouse/stock-database' has no Deployment in 'dev'",
    );
  });

  test("an environment whose changes need a pull request", async () => {
    expect(await refusal(["bookshop/storefront", "--environment", "production", "--cluster", "eu", "--yes"])).toBe(
      "changes of 'production' need a pull request, and this is one without",
    );
  });

  test("one of several clusters that nobody named, or another than Argo CD's without a context", async () => {
    const production = ["bookshop/storefront", "--environment", "production", "--allow-production", "--yes"];
    expect(await refusal(production)).toBe("'bookshop/storefront' in 'production' runs on several clusters");
    expect(await refusal([...production, "--cluster", "asia"])).toBe(
      "'bookshop/storefront' in 'production' does not run on cluster 'asia'",
    );
    expect(await refusal([...production, "--cluster", "us"])).toBe("'bookshop/storefront' runs on cluster 'us', not where Argo CD runs");
  });

  test("numbers that are none", async () => {
    const dev = ["bookshop/storefront", "--environment", "dev"];
    expect(await refusal([...dev, "--trials", "0"])).toBe("'--trials' is not a number of trials, got '0'");
    expect(await refusal([...dev, "--timeout", "soon"])).toBe("the '--timeout' 'soon' is not a Go duration");
    expect(await refusal([...dev, "--poll", "0s"])).toBe("'--poll' is no time at all, got '0s'");
  });

  test("a file of manual times that cannot be used", async () => {
    shop.write("by-hand.csv", "trial,total_seconds\n1,ages\n");
    const dev = ["bookshop/storefront", "--environment", "dev", "--manual-times"];
    expect(await refusal([...dev, "by-hand.csv"])).toBe("'by-hand.csv' line 2: 'total_seconds' is not a number of seconds, got 'ages'");
    expect(await refusal([...dev, "nowhere.csv"])).toBe("there is no file 'nowhere.csv'");
  });

  test("a folder that holds something", async () => {
    expect(await refusal(["bookshop/storefront", "--environment", "dev", "--yes", "--out", "environments"])).toBe(
      "the folder 'environments' is not empty",
    );
  });

  test("damage that Argo CD does not undo alone", async () => {
    expect(await refusal(["warehouse/shipping", "--environment", "dev", "--injection", "scale"])).toBe(
      "'scale' on 'warehouse-dev' would measure nothing: the HorizontalPodAutoscaler 'shipping' owns the number of Pods, and Git does not set it",
    );
    expect(await refusal(["bookshop/catalogue", "--environment", "dev", "--injection", "scale"])).toMatch(
      /would measure nothing: Git does not set spec.replicas/,
    );
    expect(await refusal(["bookshop/catalogue", "--environment", "dev", "--injection", "env"])).toMatch(
      /would measure nothing: Git sets no environment variable/,
    );
  });

  test("an Application that is not there, does not heal itself, reads something else or ignores the field", async () => {
    const label = ["bookshop/storefront", "--environment", "dev", "--yes", "--injection", "label"];
    const empty = new DriftWorld();
    empty.cluster.objects = [];
    expect(await refusal(label, empty)).toBe("the Application 'bookshop-storefront-dev' is not on 'test'");
    expect((await run(empty)).stderr).toContain("\n  hint: apply or sync the root first\n");
    // one for the whole system, and one that an ApplicationSet makes
    const shipping = ["warehouse/shipping", "--environment", "dev", "--yes"];
    expect(await refusal(shipping, empty)).toBe("the Application 'warehouse-dev' is not on 'test'");
    const recommender = ["recommendations/recommender", "--environment", "dev", "--yes"];
    expect(await refusal(recommender, empty)).toBe("the Application 'recommendations-dev' is not on 'test'");
    const wouldMeasureNothing = "'label' on 'bookshop-storefront-dev' would measure nothing: ";
    expect(
      await refusal(
        label,
        live(({ spec }) => ({ ...spec, syncPolicy: {} })),
      ),
    ).toBe(`${wouldMeasureNothing}Argo CD does not sync it by itself`);
    expect(
      await refusal(
        label,
        live(({ spec }) => ({ ...spec, syncPolicy: { automated: { prune: true } } })),
      ),
    ).toBe(`${wouldMeasureNothing}it does not self-heal`);
    expect(
      await refusal(
        label,
        live(({ spec }) => ({ ...spec, source: { path: "elsewhere" } })),
      ),
    ).toBe(`${wouldMeasureNothing}it reads 'elsewhere', and Git wants 'generated/yaml/dev/eu/bookshop/storefront'`);
    const ignoring = (rule: object): DriftWorld =>
      live(({ spec }) => ({ ...spec, ignoreDifferences: [{ group: "apps", kind: "Deployment", ...rule }] }));
    expect(await refusal(label, ignoring({ jsonPointers: ["/metadata/labels/keelson.dev~1team"] }))).toBe(
      `${wouldMeasureNothing}it ignores differences in /metadata/labels`,
    );
    expect(await refusal(label, ignoring({ jqPathExpressions: [".spec"] }))).toBe(
      `${wouldMeasureNothing}it ignores differences by expressions or managers, which may hide this one`,
    );
  });

  test("a caller who may not", async () => {
    const world = new DriftWorld();
    world.cluster.may = () => Promise.resolve(false);
    expect(await refusal(["bookshop/storefront", "--environment", "dev", "--yes"], world)).toBe(
      "you may not delete Deployments in 'bookshop-dev' on 'test'",
    );
  });

  test("without consent", async () => {
    const dev = ["bookshop/storefront", "--environment", "dev"];
    expect(await refusal(dev)).toBe("nobody can be asked here");
    expect(await refusal(dev, new DriftWorld(), { ask: () => Promise.resolve("yes") })).toBe(
      "not started: 'yes' is not 'bookshop-storefront-dev'",
    );
  });

  test("an Application that does not settle", async () => {
    const world = new DriftWorld({ healer: "nobody" });
    world.cluster.objects = world.cluster.objects.map((object) =>
      object.kind === "Deployment" ? { ...object, spec: { ...(object.spec as object), replicas: 3 } } : object,
    );
    world.pass(1000);
    expect(await refusal(["bookshop/storefront", "--environment", "dev", "--yes", "--timeout", "5s", "--out", "unsettled"], world)).toMatch(
      /^the Application 'bookshop-storefront-dev' did not settle within 5 s: the Application is OutOfSync/,
    );
  });
});

function containersOf(object: unknown): unknown {
  return (object as { spec: { template: { spec: { containers: unknown } } } }).spec.template.spec.containers;
}
