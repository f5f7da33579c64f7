import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { FreezePeriod } from "../../lib/definition/freeze-period.ts";
import { observationLine } from "../../lib/evidence/evidence-file.ts";
import type { Observation } from "../../lib/evidence/observation.ts";
import { renderRepository } from "../../lib/synth/line.ts";
import { projectFiles } from "../../lib/cli/project-files.ts";
import { readLineInput } from "../../lib/cli/read-line-input.ts";
import { deliveredObjects, withStatus } from "../support/delivered-objects.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { LocalRegistry, manifestOf } from "../support/local-registry.ts";
import { digestOf, image, PromotionShop } from "../support/promotion-shop.ts";
import { threeEnvironments } from "../support/three-environments.ts";
import type { Outcome, Surroundings } from "../support/temporary-shop.ts";

const lending = "library/lending";

let shop: PromotionShop;
let base: string;
beforeAll(async () => {
  shop = await PromotionShop.make();
  base = shop.head();
});
afterEach(() => {
  shop.definitions = threeEnvironments();
  shop.back(base);
});
afterAll(() => {
  shop.remove();
});

/** The clock stands on a day of March 2026. */
function at(day: string): Surroundings {
  return { now: () => new Date(`2026-03-${day}Z`) };
}

/** Everything that a refused or failed promotion must leave alone. */
function state(): unknown {
  return {
    head: shop.head(),
    pushed: shop.pushed(),
    changes: shop.git("status", "--porcelain"),
    branches: shop.git("ls-remote", "origin"),
  };
}

/** Runs, and makes sure that nothing changed. */
async function changesNothing(argv: readonly string[], world?: Surroundings): Promise<Outcome> {
  const before = state();
  const outcome = await shop.promote(argv, world);
  expect(state()).toEqual(before);
  return outcome;
}

describe("a promotion", () => {
  test("copies the pin, and is one commit with what is rendered from it and what it is", async () => {
    await shop.next("bbbbbbb", { message: "deploy: lending bbbbbbb to dev\n\nSource-Commit: bbbbbbb0123456789" });
    const { exitCode, stdout } = await shop.promote([
      lending,
      "--to",
      "staging",
      "--push",
      "--actor",
      "bob",
      "--run",
      "https://ci/7",
      "--refs",
      "LIB-1",
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^dev → staging\n\nPIN +NOW +NEW +NOTE\nlibrary\/lending +aaaaaaa +bbbbbbb\n\n/);
    expect(shop.pin("staging", lending)).toBe(image("lending", "bbbbbbb"));
    expect(shop.git("log", "-1", "--format=%B", "origin/trunk")).toBe(
      [
        "promote: lending bbbbbbb to staging",
        "",
        "Environment: staging",
        `Services: ${lending}`,
        "Source-Commit: bbbbbbb0123456789",
        "Promoted-From: dev",
        "Run: https://ci/7",
        "Actor: bob",
        "Refs: LIB-1",
        "",
      ].join("\n"),
    );
    expect(shop.git("show", "--format=", "--name-only", "HEAD").split("\n")).toEqual([
      "environments/staging/images.yaml",
      "generated/yaml/staging/eu/library/lending/deployment-lending.yaml",
    ]);
  });

  test("says which versions the target never has, with the commits that they were built from, across a rollback and a merge", async () => {
    await shop.next("bbbbbbb");
    await shop.next("ccccccc", { message: "deploy: c\n\nSource-Commit: 1234567890" });
    await shop.next("bbbbbbb", { message: "rollback: lending to b" });
    shop.git("checkout", "--quiet", "-b", "work");
    shop.put(
      "environments/dev/images.yaml",
      shop.read("environments/dev/images.yaml").replace(image("lending", "bbbbbbb"), image("lending", "ddddddd")),
    );
    await shop.synth(shop.definitions);
    shop.commit("deploy: d");
    shop.git("checkout", "--quiet", shop.branch);
    shop.merge("work");
    const { stdout } = await shop.promote([lending, "--to", "staging", "--dry-run"]);
    expect(stdout).toContain("library/lending  aaaaaaa  ddddddd  skips bbbbbbb, ccccccc (1234567)\n");
    const json = JSON.parse((await shop.promote([lending, "--to", "staging", "--dry-run", "--output", "json"])).stdout) as {
      pins: { skipped: { reference: string; sourceCommit: string }[] }[];
    };
    expect(json.pins[0]?.skipped.map(({ sourceCommit }) => sourceCommit)).toEqual(["bbbbbbb", "1234567890"]);
  });

  test("takes along what moves together, and says so", async () => {
    await shop.set("dev", { "library/catalogue": image("catalogue", "bbbbbbb"), "library/search": image("search", "bbbbbbb") });
    const { stdout } = await shop.promote(["library/search", "--to", "staging", "--commit"]);
    expect(stdout).toContain("library/catalogue  aaaaaaa  bbbbbbb  moves with library/search\n");
    expect([shop.pin("staging", "library/catalogue"), shop.pin("staging", "library/search")]).toEqual([
      image("catalogue", "bbbbbbb"),
      image("search", "bbbbbbb"),
    ]);
    expect(shop.git("log", "-1", "--format=%s")).toBe("promote: catalogue, search bbbbbbb to staging");
  });

  test("of a whole system moves what differs; again it is nothing to do", async () => {
    await shop.next();
    expect((await shop.promote(["library", "--to", "staging", "--push"])).exitCode).toBe(0);
    expect(shop.git("log", "-1", "--format=%s")).toBe("promote: lending bbbbbbb to staging");
    const { exitCode, stdout, stderr } = await changesNothing(["library", "--to", "staging", "--push"]);
    expect([exitCode, stderr]).toEqual([0, "nothing is to be changed\n"]);
    expect(stdout).toContain("library/lending    bbbbbbb  =    has it already\n");
  });

  test("says when a pin moves back", async () => {
    await shop.next();
    await shop.promote([lending, "--to", "staging", "--push"]);
    await shop.next("aaaaaaa");
    expect((await shop.promote([lending, "--to", "staging", "--dry-run"])).stdout).toContain(
      "library/lending  bbbbbbb  aaaaaaa  moves back\n",
    );
  });

  test("shows what else differs between the two environments, and what is only their names apart", async () => {
    shop.definitions = threeEnvironments();
    await shop.set("staging", { [lending]: image("lending", "bbbbbbb", "v1.1.0") });
    const { stdout } = await shop.promote([lending, "--to", "production", "--dry-run"]);
    const lines = stdout.split("\n").map((line) => line.trim().replace(/ {2,}/g, " | "));
    expect(lines).toContain("Deployment lending | spec.replicas | 1 → 3");
    expect(lines).toContain("ConfigMap lending-config | data.GREETING | none → hello from production");
    expect(lines).toContain("PodDisruptionBudget lending | is new");
    expect(lines).toContain("library-staging → library-production | in 4 fields");
    expect(stdout).not.toContain("containers[lending].image");
    expect(lines.some((line) => line.startsWith("Deployment catalogue"))).toBe(false);
  });

  test("without a commit is written, to be looked at", async () => {
    await shop.next();
    const { stdout, exitCode } = await shop.promote([lending, "--to", "staging"]);
    expect([exitCode, shop.git("status", "--porcelain").split("\n").length]).toEqual([0, 2]);
    expect(stdout).toContain("updated staging/eu/library/lending/deployment-lending.yaml\n");
  });

  test("without a clone says what it cannot know", async () => {
    await shop.next();
    const [git, away] = [join(shop.root, ".git"), join(shop.origin, "away")];
    renameSync(git, away);
    const { exitCode, stdout } = await shop.promote([lending, "--to", "staging"]);
    renameSync(away, git);
    expect([exitCode, shop.pin("staging", lending)]).toEqual([0, image("lending", "bbbbbbb")]);
    expect(stdout).toContain("library/lending  aaaaaaa  bbbbbbb  what it skips is not known\n");
  });
});

describe("what cannot be promoted is one clear error, and changes nothing", () => {
  test.each<[string, readonly string[], string]>([
    [
      "into the first environment",
      [lending, "--to", "dev"],
      "error: 'dev' is the first environment of 'library': nothing is promoted into it",
    ],
    [
      "over an environment",
      [lending, "--to", "production", "--from", "dev"],
      "error: 'library' is promoted into 'production' from 'staging', got 'dev'",
    ],
    ["an unknown service", ["library/landing", "--to", "staging"], "error: the system 'library' has no service 'landing'"],
    ["an unknown environment", [lending, "--to", "stagin"], "error: there is no environment 'stagin'"],
    ["a service that is not there", ["archive/vault", "--to", "dev"], "error: the system 'archive' does not run in 'dev'"],
    [
      "a service without pins",
      ["archive/mover", "--to", "production"],
      "error: 'archive/mover' has no pin of its own: it runs the image of 'vault'",
    ],
    ["without a reason", [lending, "--to", "staging", "--override", " "], "error: '--override' gives no reason"],
  ])("%s", async (_, argv, message) => {
    await shop.next();
    const { exitCode, stdout, stderr } = await changesNothing([...argv, "--push"]);
    expect([exitCode, stdout, stderr.split("\n")[0]]).toEqual([2, "", message]);
  });

  test("a pin without a digest: it says where to set it", async () => {
    await shop.set("dev", { [lending]: "registry.paperback.example/books/lending:sha-bbbbbbb" });
    const { exitCode, stderr } = await changesNothing([lending, "--to", "staging", "--push", "--override", "in a hurry"]);
    expect([exitCode, stderr]).toEqual([
      2,
      "error: the pin of 'library/lending' in 'dev' has no digest, so nobody can tell that 'staging' gets what ran there\n" +
        "  hint: set it where it runs, and let it run: keelson image set library/lending registry.paperback.example/books/lending:sha-bbbbbbb --environment dev --resolve-digest\n",
    ]);
  });

  test("a tag that production does not take: it says the command", async () => {
    await shop.set("staging", { [lending]: image("lending", "bbbbbbb") });
    const { exitCode, stderr } = await changesNothing([lending, "--to", "production", "--branch", "release"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      "  hint: name the same image by a tag that it takes: keelson promote library/lending --to production --as v1.2.0\n",
    );
  });

  test("a shallow clone", async () => {
    await shop.next();
    shop.git("fetch", "--quiet", "--depth=1", `file://${shop.origin}`, shop.branch);
    const { exitCode, stderr } = await changesNothing([lending, "--to", "staging"]);
    shop.git("fetch", "--quiet", "--unshallow", `file://${shop.origin}`, shop.branch);
    expect([exitCode, stderr.split("\n")[0]]).toEqual([2, "error: this clone is shallow: its history ends before the beginning"]);
  });
});

describe("gates", () => {
  test("a soak time is counted from the commit that set the pin", async () => {
    shop.definitions = threeEnvironments({ staging: { soak: "24h" } });
    await shop.next("bbbbbbb", { at: "2026-03-02T12:00:00Z" });
    const early = await changesNothing([lending, "--to", "staging", "--push"], at("03T11:59:59"));
    expect(early.exitCode).toBe(1);
    expect(early.stdout).toContain(
      "refused     soak  library/lending  set in 'dev' since 2026-03-02T12:00:00Z; 24h wanted; passes at 2026-03-03T12:00:00Z\n",
    );
    expect(early.stderr).toBe(
      "refused: soak of 'library/lending'; nothing was changed\n" +
        "  hint: all pass from 2026-03-03T12:00:00Z on; --override <reason> passes them, and the commit says so\n",
    );
    const late = await shop.promote([lending, "--to", "staging", "--push"], at("03T12:00:00"));
    expect(late.exitCode).toBe(0);
    expect(late.stdout).toContain("passed      soak  library/lending  set in 'dev' since 2026-03-02T12:00:00Z; 24h wanted\n");
    expect(shop.git("log", "-1", "--format=%B")).not.toContain("Override");
  });

  test("a pin that is not committed has not soaked", async () => {
    shop.definitions = threeEnvironments({ staging: { soak: "1s" } });
    shop.edit("environments/dev/images.yaml", image("lending", "aaaaaaa"), image("lending", "bbbbbbb"));
    const { exitCode, stdout } = await shop.promote([lending, "--to", "staging"]);
    expect([exitCode, stdout.includes("not committed in 'dev' yet; 1s wanted")]).toEqual([1, true]);
  });

  test("a freeze, in its time zone", async () => {
    const freeze = FreezePeriod.between({ from: "2026-03-10", until: "2026-03-12", timeZone: "Europe/Amsterdam", reason: "stocktaking" });
    shop.definitions = threeEnvironments({ staging: { freezes: [freeze] } });
    await shop.next();
    const { exitCode, stdout } = await changesNothing([lending, "--to", "staging", "--push"], at("09T23:00:00"));
    expect([exitCode, stdout.includes("refused     freeze  library  frozen: stocktaking; passes at 2026-03-11T23:00:00Z\n")]).toEqual([
      1,
      true,
    ]);
    expect((await shop.promote([lending, "--to", "staging", "--push"], at("09T22:59:59"))).exitCode).toBe(0);
  });

  test("a hold of the target, until it ends", async () => {
    shop.put("environments/staging/holds.yaml", `library: { until: 2026-03-20T00:00:00Z, by: alice, reason: "rolled back" }\n`);
    await shop.next();
    const { exitCode, stdout } = await changesNothing([lending, "--to", "staging", "--push"], at("19T00:00:00"));
    expect([exitCode, stdout.includes("refused     hold  library/lending  'library' is held by alice: rolled back")]).toEqual([1, true]);
    expect((await shop.promote([lending, "--to", "staging", "--push"], at("20T00:00:01"))).exitCode).toBe(0);
  });

  test("a version that the target was rolled back from, until it ran there again", async () => {
    await shop.next("bbbbbbb", { at: "2026-03-02T12:00:00Z" });
    const argv = [lending, "--to", "staging", "--push"];
    expect((await shop.promote(argv, at("03T00:00:00"))).exitCode).toBe(0);
    const back = ["rollback", lending, "--environment", "staging", "--push", "--no-hold", "--reason", "books are lost"];
    await shop.run(back, { definitions: shop.definitions, ...at("04T00:00:00") });
    const refused = await changesNothing(argv, at("05T00:00:00"));
    expect([refused.exitCode, refused.stdout.replaceAll(shop.git("log", "-1", "--format=%h", "--abbrev=7"), "1234567")]).toEqual([
      1,
      expect.stringContaining(
        "refused     rolled-back  library/lending  'staging' was rolled back from bbbbbbb at 2026-03-04T00:00:00Z (Alice Reader, 1234567: rollback: lending to aaaaaaa); reason: books are lost\n",
      ),
    ]);
    const set = ["image", "set", lending, shop.pin("dev", lending) ?? "", "--environment", "staging", "--branch", "again"];
    const { stderr } = await shop.run(set, { definitions: shop.definitions, ...at("05T00:00:00") });
    expect(stderr).toContain("warning: 'staging' was rolled back from bbbbbbb at 2026-03-04T00:00:00Z");
    expect((await shop.promote([...argv, "--override", "the cause is found"], at("05T00:00:00"))).exitCode).toBe(0);
    await shop.next("ccccccc", { at: "2026-03-06T12:00:00Z" });
    expect((await shop.promote(argv, at("07T00:00:00"))).exitCode).toBe(0);
  });

  test("all of them are shown, and passed by a reason that the commit says", async () => {
    const freeze = FreezePeriod.between({ from: "2026-03-01", until: "2026-04-01", reason: "stocktaking" });
    shop.definitions = threeEnvironments({ staging: { soak: "720h", health: "required", freezes: [freeze] } });
    shop.put("environments/staging/holds.yaml", `"*": { until: 2026-03-20T00:00:00Z, by: alice, reason: "audit" }\n`);
    await shop.next("bbbbbbb", { at: "2026-03-02T12:00:00Z" });
    const refused = await changesNothing([lending, "--to", "staging", "--push"], at("03T00:00:00"));
    expect(refused.stdout.split("\n").flatMap((line) => /^(passed|refused) +(\w+)/.exec(line)?.[0].replace(/ +/, " ") ?? [])).toEqual([
      "refused soak",
      "refused health",
      "refused freeze",
      "refused hold",
    ]);
    const argv = [lending, "--to", "staging", "--push", "--override", "the till is on fire"];
    const { exitCode, stdout } = await shop.promote(argv, at("03T00:00:00"));
    expect([exitCode, stdout.match(/^overridden /gm)?.length]).toEqual([0, 4]);
    expect(shop.git("log", "-1", "--format=%(trailers:key=Override)").trim()).toBe("Override: the till is on fire");
  });

  test("a reason where nothing refuses is not recorded", async () => {
    await shop.next();
    await shop.promote([lending, "--to", "staging", "--push", "--override", "to be safe"]);
    expect(shop.git("log", "-1", "--format=%B")).not.toContain("Override");
  });

  test("JSON says the state of each", async () => {
    shop.definitions = threeEnvironments({ staging: { soak: "24h" } });
    await shop.next("bbbbbbb", { at: "2026-03-02T12:00:00Z" });
    const { exitCode, stdout } = await shop.promote([lending, "--to", "staging", "--output", "json"], at("03T00:00:00"));
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      refused: true,
      outcome: "nothing",
      gates: [{ gate: "soak", of: lending, state: "refused", passesAt: "2026-03-03T12:00:00Z" }],
      pins: [{ key: lending, from: image("lending", "aaaaaaa"), to: image("lending", "bbbbbbb"), unchanged: false }],
    });
  });
});

describe("health", () => {
  const path = "generated/yaml/dev/eu/library/lending";

  function seen(more: Partial<Observation>): string {
    const observation = {
      application: "library-lending-dev",
      environment: "dev",
      system: "library",
      path,
      sync: "Synced",
      health: "Healthy",
    };
    return observationLine({ ...observation, at: "2026-03-02T13:00:00Z", revision: shop.head(), ...more });
  }

  test("that nobody looked at refuses", async () => {
    shop.definitions = threeEnvironments({ staging: { health: "required" } });
    await shop.next();
    const { exitCode, stdout } = await changesNothing([lending, "--to", "staging", "--push"]);
    expect([exitCode, stdout.includes("nobody looked: give --evidence <file>, or --context <name> to ask the cluster")]).toEqual([1, true]);
  });

  test("that a file tells of passes, with the soak time counted from then; of another version it tells nothing", async () => {
    shop.definitions = threeEnvironments({ staging: { health: "required", soak: "1h" } });
    const file = join(shop.origin, "evidence.jsonl");
    const evidence = (text: string): string[] => {
      writeFileSync(file, text);
      return [lending, "--to", "staging", "--push", "--evidence", file];
    };
    const before = seen({});
    await shop.next("bbbbbbb", { at: "2026-03-02T12:00:00Z" });
    expect((await changesNothing(evidence(before), at("02T14:00:00"))).stdout).toContain(
      "never seen Synced and Healthy in 'dev' with these pins\n",
    );
    expect((await changesNothing(evidence(seen({})), at("02T13:59:59"))).exitCode).toBe(1);
    const degraded = seen({ at: "2026-03-02T13:30:00Z", health: "Degraded" });
    expect((await changesNothing(evidence(seen({}) + degraded), at("02T14:00:00"))).stdout).toContain(
      "Degraded in 'dev' at 2026-03-02T13:30:00Z",
    );
    const { exitCode, stdout } = await shop.promote(evidence(seen({})), at("02T14:00:00"));
    expect(exitCode).toBe(0);
    expect(stdout).toContain("passed      soak    library/lending  seen healthy in 'dev' since 2026-03-02T13:00:00Z; 1h wanted\n");
  });

  test("is that of whatever else runs the image, too", async () => {
    shop.definitions = threeEnvironments({ production: { health: "required" } });
    await shop.set("staging", { "archive/vault": image("vault", "bbbbbbb", "v1.1.0") });
    const file = join(shop.origin, "evidence.jsonl");
    const of = (unit: string): string =>
      seen({
        application: `archive-${unit}-staging`,
        environment: "staging",
        system: "archive",
        path: `generated/yaml/staging/eu/archive/${unit}`,
      });
    const refused = async (lines: string): Promise<boolean> => {
      writeFileSync(file, lines);
      return (await shop.promote(["archive", "--to", "production", "--dry-run", "--evidence", file])).exitCode === 1;
    };
    expect([await refused(of("vault")), await refused(of("mover")), await refused(of("vault") + of("mover"))]).toEqual([true, true, false]);
  });

  test("is asked of a cluster that is named", async () => {
    shop.definitions = threeEnvironments({ staging: { health: "required" } });
    const head = await shop.next();
    const { manifests } = renderRepository(readLineInput(shop.definitions, projectFiles(shop.root)));
    const cluster = new FakeCluster({ context: "central", objects: deliveredObjects(manifests, head) });
    const world = { connect: () => Promise.resolve(cluster) };
    const argv = [lending, "--to", "staging", "--push", "--context", "central"];
    const healthy = cluster.objects;
    cluster.objects = withStatus(healthy, "library-lending-dev", {
      health: { status: "Degraded" },
      sync: { status: "Synced", revision: head },
    });
    expect((await changesNothing(argv, world)).exitCode).toBe(1);
    cluster.objects = healthy;
    const { exitCode, stdout } = await shop.promote(argv, world);
    expect([exitCode, stdout.includes("Synced and Healthy in 'dev' at 2026-04-01T09:00:00Z")]).toEqual([0, true]);
  });
});

describe("into an environment that takes pull requests", () => {
  test("the table says so, a push is refused, and a branch is a release", async () => {
    shop.definitions = threeEnvironments({ production: { approvals: 2 } });
    await shop.set("staging", { [lending]: image("lending", "bbbbbbb", "v1.1.0") });
    const pushed = await changesNothing([lending, "--to", "production", "--push", "--override", "at once"]);
    expect([pushed.exitCode, pushed.stderr]).toEqual([
      2,
      "error: 'library' in 'production' takes pull requests\n  hint: give `--branch <name>` instead of `--push`\n",
    ]);
    const { exitCode, stdout } = await shop.promote([lending, "--to", "production", "--branch", "release-lending"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("asked       approval  library  a pull request with 2 approvals\n");
    shop.git("fetch", "--quiet", "origin", "release-lending");
    expect(shop.git("log", "-1", "--format=%s", "FETCH_HEAD")).toBe("release: lending v1.1.0 to production");
    expect(shop.git("show", "FETCH_HEAD:environments/production/images.yaml")).toContain(image("lending", "bbbbbbb", "v1.1.0"));
    shop.git("push", "--quiet", "origin", "--delete", "release-lending");
  });
});

describe("--as", () => {
  let registry: LocalRegistry;
  beforeAll(async () => {
    registry = await LocalRegistry.start();
  });
  afterAll(async () => {
    await registry.stop();
  });

  /** A staging whose lending is in the registry, by the digest of what was pushed. */
  async function staged(): Promise<string> {
    const own = (tag: string, digest: string): string => `${registry.host}/books/lending:${tag}@${digest}`;
    const digest = registry.push("books/lending", "sha-bbbbbbb");
    shop.definitions = threeEnvironments({ registry: `${registry.host}/books` });
    const others = ["catalogue", "search"].map(
      (name) => [`library/${name}`, `${registry.host}/books/${name}:v1.0.0@${digestOf(name, "a")}`] as const,
    );
    for (const environment of ["dev", "staging", "production"]) {
      const vault = environment === "dev" ? "" : `archive/vault: ${image("vault", "aaaaaaa", "v1.0.0")}\n`;
      const pins = [...others, [lending, own("v1.0.0", digestOf("lending", "a"))]].map(
        ([key = "", reference = ""]) => `${key}: ${reference}\n`,
      );
      shop.put(`environments/${environment}/images.yaml`, `${pins.join("")}${vault}`);
    }
    shop.put("environments/dev/images.yaml", shop.read("environments/dev/images.yaml"));
    await shop.set("staging", { [lending]: own("sha-bbbbbbb", digest) });
    return digest;
  }

  const argv = [lending, "--to", "production", "--as", "v1.2.0", "--branch", "release-1.2.0"];

  test("names the same digest by a tag that the registry has", async () => {
    const digest = await staged();
    registry.push("books/lending", "v1.2.0", manifestOf("sha-bbbbbbb"));
    const { exitCode, stdout } = await shop.promote(argv, { registry: registry.world() });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/library\/lending +v1\.0\.0 +v1\.2\.0 +.*was bbbbbbb/);
    shop.git("fetch", "--quiet", "origin", "release-1.2.0");
    expect(shop.git("show", "FETCH_HEAD:environments/production/images.yaml")).toContain(
      `${lending}: ${registry.host}/books/lending:v1.2.0@${digest}\n`,
    );
    expect(shop.git("log", "-1", "--format=%s", "FETCH_HEAD")).toBe("release: lending v1.2.0 to production");
    expect(registry.lines.at(-1)).toBe("HEAD /v2/books/lending/manifests/v1.2.0");
    shop.git("push", "--quiet", "origin", "--delete", "release-1.2.0");
  });

  test("refuses a tag that is another image, whatever reason is given", async () => {
    await staged();
    registry.push("books/lending", "v1.2.0", '{"schemaVersion":2,"built":"again"}');
    const { exitCode, stderr } = await changesNothing([...argv, "--override", "built again"], { registry: registry.world() });
    expect([exitCode, stderr.split("\n")[0]]).toEqual([
      2,
      `error: the tag 'v1.2.0' of '${registry.host}/books/lending' is another image than the one of 'library/lending'`,
    ]);
  });

  test("refuses a tag that the registry does not have", async () => {
    await staged();
    const missing = argv.map((word) => (word === "v1.2.0" ? "v9.9.9" : word));
    const { exitCode, stderr } = await changesNothing(missing, { registry: registry.world() });
    expect([exitCode, stderr.split("\n")[0]]).toEqual([2, `error: '${registry.host}/books/lending' has no tag 'v9.9.9'`]);
  });

  test("says so where the registry cannot be reached", async () => {
    await staged();
    const gone = await LocalRegistry.start();
    const world = gone.world();
    await gone.stop();
    shop.definitions = threeEnvironments({ registry: `${registry.host}/books` });
    const { exitCode } = await changesNothing(argv, {
      registry: { ...world, exchange: () => Promise.reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" })) },
    });
    expect(exitCode).toBe(2);
  });
});

test("a dry run shows all, renders what would be, and changes nothing", async () => {
  await shop.next();
  const { exitCode, stdout, stderr } = await changesNothing([lending, "--to", "staging", "--dry-run", "--push"]);
  expect([exitCode, stderr]).toEqual([0, "dry run: nothing was changed; 1 generated file would be\n"]);
  expect(stdout).toContain("library/lending  aaaaaaa  bbbbbbb\n");
  expect(existsSync(join(shop.root, ".git/index.lock"))).toBe(false);
  const asJson = await changesNothing([lending, "--to", "staging", "--dry-run", "--output", "json"]);
  expect(JSON.parse(asJson.stdout)).toMatchObject({ outcome: "dry-run", files: { updated: [expect.any(String)] } });
});
