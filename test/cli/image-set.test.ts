import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { FreezePeriod } from "../../lib/definition/freeze-period.ts";
import { policyOf } from "../../lib/definition/policy-of.ts";
import type { SystemDefinition } from "../../lib/definition/system.ts";
import { rankingModel } from "../fixtures/bookshop/apps/recommendations/ranking-model.ts";
import { recommender } from "../fixtures/bookshop/apps/recommendations/recommender.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";
import { LocalRegistry } from "../support/local-registry.ts";
import { bytesOf } from "../support/pin-edit.ts";
import { ShopClone } from "../support/shop-clone.ts";
import type { Outcome, Surroundings } from "../support/temporary-shop.ts";

const devPins = "environments/dev/images.yaml";
const registry = "registry.paperback.example:5000/shop";
const books = "registry.paperback.example/books";
const [old, wanted] = [`${registry}/catalogue:sha-7d3a982`, `${registry}/catalogue:sha-1234567`];
const catalogue = ["bookshop/catalogue", wanted] as const;
const digest = `sha256:${"9".repeat(64)}`;

let shop: ShopClone;
beforeEach(() => {
  shop = new ShopClone();
});
afterEach(() => {
  shop.remove();
});

function set(argv: readonly string[], world: Surroundings = {}): Promise<Outcome> {
  const environment = argv.includes("--environment") ? [] : ["--environment", "dev"];
  return shop.run(["image", "set", ...argv, ...environment], world);
}

/** Lines of the last commit's patch of a file, without their context. */
function changedLines(file: string): string[] {
  const patch = shop.git("show", "--format=", "--unified=0", "--", file);
  return patch.split("\n").filter((line) => /^[-+][^-+]/.test(line));
}

/** The bookshop with one of its systems changed. */
function changed(name: string, change: (system: SystemDefinition) => Partial<SystemDefinition>): Definitions {
  return { ...bookshop, systems: bookshop.systems.map((system) => (system.name === name ? { ...system, ...change(system) } : system)) };
}

describe("image set", () => {
  test("moves several pins in one commit with everything that is rendered from them", async () => {
    const cache = `${registry}/cover-cache:sha-89abcde`;
    const attribution = ["--run", "https://ci.example/7", "--refs", "SHOP-1", "--breaking-change", "covers are larger"];
    const outcome = await set([...catalogue, "bookshop/storefront:cover-cache", cache, "--commit", ...attribution]);
    expect(outcome).toEqual({
      exitCode: 0,
      stdout:
        `bookshop/catalogue               ${old} → ${wanted}\n` +
        `bookshop/storefront:cover-cache  ${registry}/cover-cache:sha-bdf3fb1 → ${cache}\n` +
        "updated dev/eu/bookshop/catalogue/deployment-catalogue.yaml\n" +
        "updated dev/eu/bookshop/catalogue/job-catalogue-smoke-test.yaml\n" +
        "updated dev/eu/bookshop/storefront/deployment-storefront.yaml\n" +
        `0 created, 3 updated, 0 deleted\ncommit ${shop.head().slice(0, 7)}\n`,
      stderr: "",
    });
    expect(shop.git("log", "-1", "--format=%B")).toBe(`deploy: catalogue 1234567, storefront:cover-cache 89abcde to dev

bookshop/catalogue: ${old} → ${wanted}
bookshop/storefront:cover-cache: ${registry}/cover-cache:sha-bdf3fb1 → ${cache}

Environment: dev
Services: bookshop/catalogue, bookshop/storefront
Run: https://ci.example/7
Actor: Alice Reader
Refs: SHOP-1
Breaking-Change: covers are larger
`);
    expect(changedLines(devPins)).toEqual([
      `-bookshop/catalogue: ${old}`,
      `+bookshop/catalogue: ${wanted}`,
      `-bookshop/storefront:cover-cache: ${registry}/cover-cache:sha-bdf3fb1`,
      `+bookshop/storefront:cover-cache: ${cache}`,
    ]);
    expect(shop.git("rev-list", "--count", `${shop.first}..HEAD`)).toBe("1");
    expect((await shop.run(["synth", "--check"])).exitCode).toBe(0);
    expect(shop.git("status", "--porcelain")).toBe("");
  });

  test("a second time there is nothing to do, and no commit", async () => {
    await set([...catalogue, "--commit"]);
    const head = shop.head();
    expect(await set([...catalogue, "--commit"])).toEqual({
      exitCode: 0,
      stdout: `bookshop/catalogue  ${wanted}, as it is\n`,
      stderr: "nothing is to be changed\n",
    });
    expect(shop.head()).toBe(head);
  });

  test("without an option only files are written", async () => {
    expect(await set([...catalogue])).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("hint: commit all of it together") });
    expect(
      shop
        .git("status", "--porcelain")
        .split("\n")
        .map((line) => line.trim()),
    ).toEqual([
      `M ${devPins}`,
      "M generated/yaml/dev/eu/bookshop/catalogue/deployment-catalogue.yaml",
      "M generated/yaml/dev/eu/bookshop/catalogue/job-catalogue-smoke-test.yaml",
    ]);
  });

  test("pushes on top of what somebody else pushed, and both stay", async () => {
    const other = shop.another();
    await other.run(["image", "set", "warehouse/shipping", `${books}/shipping:sha-7654321`, "--environment", "dev", "--push"]);
    expect((await set([...catalogue, "--push"])).exitCode).toBe(0);
    expect(shop.pushed()).toBe(shop.head());
    expect(shop.git("log", "--format=%s", `${shop.first}..HEAD`).split("\n")).toEqual([
      "deploy: catalogue 1234567 to dev",
      "deploy: shipping 7654321 to dev",
    ]);
  });

  test("takes what needs a review by a branch only, as a release", async () => {
    const release = ["bookshop/catalogue", `${registry}/catalogue:v1.2.0@${digest}`, "--environment", "production"];
    const before = bytesOf(shop.root);
    expect(await set([...release, "--push"])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "error: 'bookshop' in 'production' takes pull requests\n  hint: give `--branch <name>` instead of `--push`\n",
    });
    expect(bytesOf(shop.root)).toEqual(before);
    expect((await set([...release, "--branch", "release-catalogue"])).exitCode).toBe(0);
    const made = shop.pushed("release-catalogue")!;
    expect(shop.git("log", "-1", "--format=%s", made)).toBe("release: catalogue v1.2.0 to production");
    expect([shop.head(), shop.pushed()]).toEqual([shop.first, shop.first]);
  });

  test("tells programs what became of each pin", async () => {
    const { stdout } = await set([...catalogue, "warehouse/shipping", `${books}/shipping:sha-aedd181`, "--commit", "--output", "json"]);
    expect(JSON.parse(stdout)).toEqual({
      environment: "dev",
      refused: false,
      pins: [
        { key: "bookshop/catalogue", outcome: "moves", from: old, to: wanted },
        { key: "warehouse/shipping", outcome: "unchanged", from: `${books}/shipping:sha-aedd181`, to: `${books}/shipping:sha-aedd181` },
      ],
      obstacles: [],
      outcome: "committed",
      commit: shop.head(),
      attempts: 1,
      files: {
        created: [],
        updated: ["deployment-catalogue", "job-catalogue-smoke-test"].map((name) => `dev/eu/bookshop/catalogue/${name}.yaml`),
        deleted: [],
      },
      issues: [],
    });
  });

  test("sets a track's pin, and one that a new service lacks", async () => {
    shop.edit(devPins, `bookshop/catalogue: ${old}\n`, "");
    expect((await set([...catalogue, "recommendations/recommender@canary", `${books}/recommender:sha-1111111`])).exitCode).toBe(0);
    expect(shop.read(devPins)).toContain(`one line each.\nbookshop/catalogue: ${wanted}\nbookshop/storefront: `);
    expect(shop.read(devPins)).toContain(`recommendations/recommender@canary: ${books}/recommender:sha-1111111\n`);
  });

  test("mends a pin that cannot be read", async () => {
    shop.edit(devPins, `bookshop/catalogue: ${old}`, "bookshop/catalogue: latest # soon");
    expect((await set([...catalogue])).exitCode).toBe(0);
    expect(shop.read(devPins)).toContain(`bookshop/catalogue: ${wanted} # soon\n`);
  });
});

test("what is wrong elsewhere is reported as synth does, and nothing is written", async () => {
  shop.edit(devPins, "recommendations/recommender: ", "recommendations/recomender: ");
  const before = bytesOf(shop.root);
  const outcome = await set([...catalogue]);
  expect(outcome).toMatchObject({ exitCode: 1, stdout: "" });
  expect(outcome.stderr).toContain("error: no image pin for 'recommendations/recommender' in 'dev' [image-pins]\n");
  expect(outcome.stderr).toMatch(/nothing was written: 2 errors\n$/);
  expect(bytesOf(shop.root)).toEqual(before);
});

describe("one clear error, and nothing changes", () => {
  /** Every way in, the same words. */
  async function expectRefused(
    argv: readonly string[],
    message: string,
    ways = [[], ["--commit"], ["--push"], ["--branch", "x"]],
  ): Promise<void> {
    const before = bytesOf(shop.root);
    const pushed = shop.git("ls-remote", "origin");
    for (const way of ways) expect(await set([...argv, ...way])).toEqual({ exitCode: 2, stdout: "", stderr: `error: ${message}\n` });
    expect(bytesOf(shop.root)).toEqual(before);
    expect(shop.git("ls-remote", "origin")).toBe(pushed);
  }
  const clone = [["--commit"], ["--push"], ["--branch", "x"]];
  const release = ["--environment", "production"];

  test.each<[string, readonly string[], string]>([
    [
      "an unknown service",
      ["bookshop/catalog", wanted],
      "the system 'bookshop' has no service 'catalog'\n  hint: its services are: 'catalogue', 'storefront'",
    ],
    [
      "an unknown environment",
      [...catalogue, "--environment", "prod"],
      "there is no environment 'prod'\n  hint: the environments are: 'dev', 'production'",
    ],
    [
      "a malformed image",
      ["bookshop/catalogue", `${registry}/catalogue:sha-1234567@sha256:12`],
      `'${registry}/catalogue:sha-1234567@sha256:12' is not an image reference: its digest is not 'sha256:' and 64 hexadecimal digits\n` +
        "  hint: write '<registry>/<repository>:<tag>', and '@sha256:<digest>' behind it where a digest is wanted",
    ],
    [
      "another registry's image",
      ["bookshop/catalogue", "docker.io/shop/catalogue:sha-1234567"],
      "the image 'docker.io/shop/catalogue:sha-1234567' for 'bookshop/catalogue' in 'dev' comes from 'docker.io/shop/catalogue', " +
        `not from the registry '${registry}'\n  hint: 'dev' takes '${registry}/catalogue:sha-<commit>'`,
    ],
    [
      "a moving tag",
      ["bookshop/catalogue", `${registry}/catalogue:latest`],
      `the image '${registry}/catalogue:latest' for 'bookshop/catalogue' in 'dev' has the moving tag 'latest'\n` +
        `  hint: 'dev' takes '${registry}/catalogue:sha-<commit>'`,
    ],
    [
      "no digest for production",
      ["bookshop/storefront:cover-cache", `${registry}/cover-cache:v1.2.0`, ...release],
      `the image '${registry}/cover-cache:v1.2.0' for 'bookshop/storefront:cover-cache' in 'production' has no digest\n` +
        `  hint: 'production' takes '${registry}/cover-cache:v<major>.<minor>.<patch>@sha256:<digest>'; --resolve-digest asks the registry for the digest`,
    ],
    [
      "a container that the service does not have",
      ["bookshop/storefront:proxy", `${registry}/proxy:sha-1234567`],
      "'bookshop/storefront:proxy' is no pin that 'bookshop/storefront' has in 'dev'\n" +
        "  hint: its pins are: 'bookshop/storefront', 'bookshop/storefront:smoke-test', 'bookshop/storefront:cover-cache'",
    ],
    [
      "a track that the service does not have",
      ["bookshop/catalogue@canary", wanted],
      "'bookshop/catalogue@canary' is no pin that 'bookshop/catalogue' has in 'dev'\n  hint: its pins are: 'bookshop/catalogue'",
    ],
    [
      "one of two that is wrong",
      [...catalogue, "bookshop/storefront", "storefront"],
      "'storefront' is not an image reference: it names no registry and repository\n  hint: write '<registry>/<repository>:<tag>', and '@sha256:<digest>' behind it where a digest is wanted",
    ],
    [
      "an override without a reason",
      [...catalogue, "--override", " "],
      "--override has no reason\n  hint: say why holds and freezes are passed: it is recorded",
    ],
  ])("%s", async (_, argv, message) => {
    await expectRefused(argv, message);
  });

  test.each<[string, () => void, string]>([
    [
      "a dirty work tree",
      () => {
        shop.put("notes.txt", "mine\n");
      },
      "this clone differs from its last commit: ?? notes.txt\n  hint: commit it, or put it aside: git stash --include-untracked",
    ],
    [
      "a detached HEAD",
      () => {
        shop.git("checkout", "--quiet", "--detach");
      },
      "no branch is checked out: HEAD is detached\n  hint: check one out: git switch <branch>",
    ],
    [
      "a shallow clone",
      () => {
        shop.commit("docs: one more");
        writeFileSync(join(shop.root, ".git/shallow"), `${shop.head()}\n`);
      },
      "this clone is shallow: its history ends before the beginning\n" +
        "  hint: git fetch --unshallow; in GitHub Actions check out with `fetch-depth: 0`, in GitLab CI set GIT_DEPTH to 0",
    ],
  ])("%s", async (_, arrange, message) => {
    arrange();
    await expectRefused(catalogue, message, clone);
  });

  test("no remote", async () => {
    const message = "this clone has no remote 'upstream'\n  hint: `git remote` lists them; name one by `--remote <name>`";
    await expectRefused([...catalogue, "--remote", "upstream"], message, clone.slice(1));
  });

  test("a protected branch", async () => {
    const hook = join(shop.origin, "hooks/update");
    mkdirSync(join(shop.origin, "hooks"), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\n[ "$1" = refs/heads/trunk ] || exit 0\necho "trunk is protected" >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    const before = bytesOf(shop.root);
    expect(await set([...catalogue, "--push"])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringMatching(
        /^error: 'origin' does not take the commit on 'trunk': hook declined: trunk is protected.*\n  hint: where the branch takes pull requests only, give `--branch <name>`\n$/,
      ),
    });
    expect(bytesOf(shop.root)).toEqual(before);
    expect(shop.pushed()).toBe(shop.first);
  });
});

describe("a hold", () => {
  const held = "held until 2026-12-01T00:00:00Z by alice: rolled back to v1.1.0 (SHOP-77)";
  beforeEach(async () => {
    const line = 'bookshop/catalogue: { until: 2026-12-01T00:00:00Z, by: alice, reason: "rolled back to v1.1.0", ticket: SHOP-77 }\n';
    shop.put("environments/dev/holds.yaml", line);
    await shop.synth();
    shop.commit("hold: catalogue in dev");
    shop.push();
  });
  const both = [...catalogue, "warehouse/shipping", `${books}/shipping:sha-7654321`];

  test("stops all that was asked for", async () => {
    const head = shop.head();
    expect(await set([...both, "--push"])).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        `error: 'bookshop/catalogue' is ${held}\n` +
        "  hint: nothing was changed; --override <reason> passes, and is recorded; --skip-held leaves what is held where it is\n",
    });
    expect([shop.head(), shop.pushed()]).toEqual([head, head]);
  });

  test("stops nothing once it has ended, nor a pin that is as wanted already", async () => {
    expect((await set(["bookshop/catalogue", old])).exitCode).toBe(0);
    expect((await set([...catalogue], { now: () => new Date("2026-12-01T00:00:01Z") })).exitCode).toBe(0);
  });

  test("is left alone on demand, and the others move", async () => {
    const outcome = await set([...both, "--skip-held", "--commit"]);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
    expect(outcome.stdout).toContain(
      `bookshop/catalogue  ${old} stays: it is ${held}\nwarehouse/shipping  ${books}/shipping:sha-aedd181 → ${books}/shipping:sha-7654321\n`,
    );
    expect(changedLines(devPins)).toHaveLength(2);
    expect(shop.git("log", "-1", "--format=%(trailers:key=Services,valueonly)").trim()).toBe("warehouse/shipping");
  });

  test("is passed with a reason, which is recorded", async () => {
    const outcome = await set([...catalogue, "--override", "the fix is in", "--commit"]);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: `note: 'bookshop/catalogue' moved all the same, ${held}\n` });
    expect(shop.git("log", "-1", "--format=%(trailers:key=Override,valueonly)").trim()).toBe("the fix is in");
    await set(["warehouse/shipping", `${books}/shipping:sha-7654321`, "--override", "to be sure", "--commit"]);
    expect(shop.git("log", "-1", "--format=%(trailers:key=Override,valueonly)").trim()).toBe("");
  });
});

describe("a freeze", () => {
  const freeze = FreezePeriod.between({ from: "2026-03-30", until: "2026-04-06", timeZone: "Europe/Amsterdam", reason: "stock-taking" });
  const definitions = changed("warehouse", (system) => ({
    deviations: [{ environment: dev, policy: { promotion: { freezes: [freeze] } }, reason: policyOf(system, dev).approval }],
  }));
  const shipping = ["warehouse/shipping", `${books}/shipping:sha-7654321`];

  test("stops the system that has it, whatever is held", async () => {
    for (const skip of [[], ["--skip-held"]]) {
      expect(await set([...shipping, ...catalogue, ...skip], { definitions })).toEqual({
        exitCode: 1,
        stdout: "",
        stderr:
          "error: 'warehouse/shipping' is frozen until 2026-04-05T22:00:00Z: stock-taking\n" +
          "  hint: nothing was changed; --override <reason> passes, and is recorded\n",
      });
    }
    expect(shop.git("status", "--porcelain")).toBe("");
  });

  test("stops no other system, and none when it is over", async () => {
    expect((await set([...catalogue], { definitions })).exitCode).toBe(0);
    expect((await set(shipping, { definitions, now: () => new Date("2026-04-05T22:00:00Z") })).exitCode).toBe(0);
  });

  test("is passed with a reason", async () => {
    expect((await set([...shipping, "--override", "parcels are stuck", "--commit"], { definitions })).exitCode).toBe(0);
    expect(shop.git("log", "-1", "--format=%(trailers:key=Override,valueonly)").trim()).toBe("parcels are stuck");
  });
});

describe("a set that moves together", () => {
  const definitions = changed("recommendations", () => ({ movesTogether: [[recommender, rankingModel]] }));
  const [ranker, model] = [`${books}/recommender:sha-5555555`, `${books}/ranking-model:sha-5555555`];

  test("is not moved in part, each track by itself", async () => {
    const refusal = (own: string, other: string): object => ({
      exitCode: 2,
      stdout: "",
      stderr: `error: 'recommendations/${own}' moves together with 'recommendations/${other}'\n  hint: name it too, with the image that fits\n`,
    });
    expect(await set(["recommendations/recommender", ranker], { definitions })).toEqual(refusal("recommender", "ranking-model"));
    expect(await set(["recommendations/recommender@canary", ranker, "recommendations/ranking-model", model], { definitions })).toEqual(
      refusal("recommender@canary", "ranking-model@canary"),
    );
    expect(shop.git("status", "--porcelain")).toBe("");
  });

  test("moves as a whole, and a container beside the main one alone", async () => {
    const both = ["recommendations/recommender@canary", ranker, "recommendations/ranking-model@canary", model];
    expect((await set([...both, "--commit"], { definitions })).exitCode).toBe(0);
    expect(shop.git("log", "-1", "--format=%s")).toBe("deploy: recommender@canary, ranking-model@canary 5555555 to dev");
    expect((await set(["recommendations/ranking-model:fetch-model", `${books}/fetch-model:sha-1111111`], { definitions })).exitCode).toBe(
      0,
    );
  });

  test("may be brought to the version that the other has already", async () => {
    shop.edit(devPins, "ranking-model:sha-591511c", "ranking-model:sha-5555555");
    expect((await set(["recommendations/recommender", ranker], { definitions })).exitCode).toBe(0);
  });

  test("stays as a whole where one of it is held", async () => {
    shop.put("environments/dev/holds.yaml", "recommendations/ranking-model: { until: 2026-12-01T00:00:00Z, by: alice, reason: tuning }\n");
    const before = shop.read(devPins);
    const outcome = await set(["recommendations/recommender", ranker, "recommendations/ranking-model", model, "--skip-held"], {
      definitions,
    });
    expect(outcome).toMatchObject({
      exitCode: 0,
      stdout:
        `recommendations/recommender    ${books}/recommender:sha-261f1e0 stays: it moves together with 'recommendations/ranking-model', which stays\n` +
        `recommendations/ranking-model  ${books}/ranking-model:sha-591511c stays: it is held until 2026-12-01T00:00:00Z by alice: tuning\n`,
    });
    expect(shop.read(devPins)).toBe(before);
  });
});

describe("--resolve-digest", () => {
  let local: LocalRegistry;
  beforeEach(async () => {
    local = await LocalRegistry.start();
  });
  afterEach(async () => {
    await local.stop();
  });
  /** The bookshop's registry is on this machine. */
  const world = (): Surroundings => {
    const own = local.world();
    const here = (url: string): string => url.replace("https://registry.paperback.example:5000", `http://${local.host}`);
    return { registry: { ...own, exchange: (request) => own.exchange({ ...request, url: here(request.url) }) } };
  };

  test("pins the digest that the tag has, beside the tag", async () => {
    const found = local.push("shop/catalogue", "v1.2.0");
    const image = `${registry}/catalogue:v1.2.0`;
    expect((await set(["bookshop/catalogue", image, "--environment", "production", "--resolve-digest"], world())).exitCode).toBe(0);
    expect(shop.read("environments/production/images.yaml")).toContain(`bookshop/catalogue: ${image}@${found}\n`);
  });

  test("changes nothing where the registry has no such tag, or is not the system's", async () => {
    const before = bytesOf(shop.root);
    local.push("shop/catalogue", "v1.2.0");
    const missing = await set(["bookshop/catalogue", `${registry}/catalogue:v1.3.0`, "--resolve-digest"], world());
    expect(missing).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringContaining(`'${registry}/catalogue' has no tag 'v1.3.0'`),
    });
    const asked = local.asked.length;
    expect((await set(["bookshop/catalogue", "docker.io/shop/catalogue:v1.2.0", "--resolve-digest"], world())).exitCode).toBe(2);
    expect(local.asked).toHaveLength(asked);
    expect(bytesOf(shop.root)).toEqual(before);
  });

  test("nothing else touches the network", async () => {
    // the world of tests has no registry
    expect((await set([...catalogue])).exitCode).toBe(0);
  });
});
