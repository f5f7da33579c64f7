import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { overlay } from "../../lib/definition/overlay.ts";
import { EnvVar } from "../../lib/workload/env-var.ts";
import { catalogue } from "../fixtures/bookshop/apps/bookshop/catalogue.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { bookshopFiles } from "../fixtures/bookshop/render.ts";
import { TemporaryShop } from "../support/temporary-shop.ts";

const wanted = bookshopFiles();
/** The files of the bookshop and the marker. */
const all = wanted.size + 1;
const deployment = "dev/eu/bookshop/catalogue/deployment-catalogue.yaml";
const service = "dev/eu/bookshop/catalogue/service-catalogue.yaml";

/** A bookshop whose catalogue reads a Secret that nothing makes: an error issue. */
const broken: Definitions = {
  ...bookshop,
  environments: bookshop.environments.map(({ definition, overlays }) => ({
    definition,
    overlays: [...overlays, overlay(catalogue, { env: { LIBRARY_CARD: EnvVar.secretKey("library-card", "number") } })],
  })),
};

let shop: TemporaryShop;
beforeEach(() => {
  shop = new TemporaryShop();
});
afterEach(() => {
  shop.remove();
});

describe("synth", () => {
  test("writes every file and the marker, and names them", async () => {
    const { exitCode, stdout, stderr } = await shop.run(["synth"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.at(-1)).toBe(`${all} created, 0 updated, 0 deleted, 0 unchanged`);
    expect(lines.slice(0, -1)).toEqual([".keelson", ...wanted.keys()].sort().map((path) => `created ${path}`));
    const written = new Map([...shop.files()].map(([path, { content }]) => [path, content]));
    written.delete(".keelson");
    expect(written).toEqual(wanted);
  });

  test("writes nothing the second time, and touches no file", async () => {
    await shop.run(["synth"]);
    const before = shop.files();
    const { exitCode, stdout } = await shop.run(["synth"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `0 created, 0 updated, 0 deleted, ${all} unchanged\n` });
    expect(shop.files()).toEqual(before);
  });

  test("writes the one file that a pin changes, and touches no other", async () => {
    await shop.run(["synth"]);
    const before = shop.files();
    shop.edit("environments/dev/images.yaml", "shop/catalogue:sha-", "shop/catalogue:sha-abc");
    const { stdout } = await shop.run(["synth"]);
    const changed = [deployment, "dev/eu/bookshop/catalogue/job-catalogue-smoke-test.yaml"];
    expect(stdout).toBe(`${changed.map((path) => `updated ${path}\n`).join("")}0 created, 2 updated, 0 deleted, ${all - 2} unchanged\n`);
    const after = shop.files();
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect([...after].filter(([path, { modified }]) => before.get(path)!.modified !== modified).map(([path]) => path)).toEqual(changed);
  });

  test("prints what it did as JSON, and no talk beside it", async () => {
    const { exitCode, stdout, stderr } = await shop.run(["synth", "--output", "json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      written: true,
      created: [".keelson", ...wanted.keys()].sort(),
      updated: [],
      deleted: [],
      unchanged: 0,
      issues: [],
    });
  });
});

describe("synth --check", () => {
  test("exits 0 and writes nothing when all is as it should be", async () => {
    await shop.run(["synth"]);
    const before = shop.files();
    expect(await shop.run(["synth", "--check"])).toEqual({
      exitCode: 0,
      stdout: `0 missing, 0 differs, 0 foreign, ${all} unchanged\n`,
      stderr: "",
    });
    expect(shop.files()).toEqual(before);
  });

  test("exits 1 on a folder that is not there, and does not make it", async () => {
    const { exitCode, stdout } = await shop.run(["synth", "--check"]);
    expect({ exitCode, last: stdout.trimEnd().split("\n").at(-1) }).toEqual({
      exitCode: 1,
      last: `${all} missing, 0 differs, 0 foreign, 0 unchanged`,
    });
    expect(existsSync(shop.output)).toBe(false);
  });

  test.each([
    {
      act: "edited",
      change: () => {
        shop.edit(`generated/yaml/${deployment}`, "kind: Deployment", "kind: DaemonSet");
      },
      line: `differs ${deployment}`,
      counts: `0 missing, 1 differs, 0 foreign, ${all - 1} unchanged`,
      repaired: `updated ${deployment}`,
    },
    {
      act: "deleted",
      change: () => {
        rmSync(join(shop.output, deployment));
      },
      line: `missing ${deployment}`,
      counts: `1 missing, 0 differs, 0 foreign, ${all - 1} unchanged`,
      repaired: `created ${deployment}`,
    },
    {
      act: "added",
      change: () => {
        shop.write("generated/yaml/dev/eu/by-hand.yaml", "kind: ConfigMap\n");
      },
      line: "foreign dev/eu/by-hand.yaml",
      counts: `0 missing, 0 differs, 1 foreign, ${all} unchanged`,
      repaired: "deleted dev/eu/by-hand.yaml",
    },
  ])("names a file that was $act by hand, and synth repairs it", async ({ change, line, counts, repaired }) => {
    await shop.run(["synth"]);
    const whole = new Map([...shop.files()].map(([path, { content }]) => [path, content]));
    change();
    const spoilt = shop.files();
    expect(await shop.run(["synth", "--check"])).toEqual({
      exitCode: 1,
      stdout: `${line}\n${counts}\n`,
      stderr: "hint: run `npm run synth` and commit what it writes\n",
    });
    expect(shop.files()).toEqual(spoilt);

    const { exitCode, stdout } = await shop.run(["synth"]);
    expect({ exitCode, first: stdout.split("\n")[0] }).toEqual({ exitCode: 0, first: repaired });
    expect(new Map([...shop.files()].map(([path, { content }]) => [path, content]))).toEqual(whole);
    expect((await shop.run(["synth", "--check"])).exitCode).toBe(0);
  });

  test("says in JSON that nothing was written", async () => {
    await shop.run(["synth"]);
    rmSync(join(shop.output, service));
    const { exitCode, stdout, stderr } = await shop.run(["synth", "--check", "--output", "json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ written: false, created: [service], updated: [], deleted: [], unchanged: all - 1, issues: [] });
  });
});

describe("synth --environment", () => {
  const devFiles = [...wanted.keys()].filter((path) => /^(dev|argocd\/central\/dev|expanded\/central\/dev)\//.test(path));

  test("writes what the environment owns and nothing else", async () => {
    const { exitCode, stdout } = await shop.run(["synth", "--environment", "dev"]);
    expect(exitCode).toBe(0);
    expect([...shop.files().keys()]).toEqual([".keelson", ...devFiles].sort());
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(`${devFiles.length + 1} created, 0 updated, 0 deleted, 0 unchanged`);
  });

  test("leaves another environment's spoilt files alone", async () => {
    await shop.run(["synth"]);
    shop.edit("generated/yaml/production/us/bookshop/catalogue/deployment-catalogue.yaml", "kind: Deployment", "kind: DaemonSet");
    shop.write("generated/yaml/production/us/by-hand.yaml", "kind: ConfigMap\n");
    shop.write("generated/yaml/dev/by-hand.yaml", "kind: ConfigMap\n");
    const { stdout } = await shop.run(["synth", "--environment", "dev"]);
    expect(stdout).toBe(`deleted dev/by-hand.yaml\n0 created, 0 updated, 1 deleted, ${devFiles.length + 1} unchanged\n`);
    expect((await shop.run(["synth", "--check", "--environment", "dev"])).exitCode).toBe(0);
    expect((await shop.run(["synth", "--check", "--environment", "production"])).stdout).toContain("foreign production/us/by-hand.yaml\n");
  });

  test("may be given twice", async () => {
    await shop.run(["synth", "--environment", "dev", "--environment", "production"]);
    const owned = [...wanted.keys()].filter((path) => /^(dev|production|(argocd|expanded)\/central\/(dev|production))\//.test(path));
    expect([...shop.files().keys()]).toEqual([".keelson", ...owned].sort());
  });

  test("lists the candidates for a name that is unknown, nearest first, and writes nothing", async () => {
    expect(await shop.run(["synth", "--environment", "prodcution"])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "error: there is no environment 'prodcution'\n  hint: the environments are: 'production', 'dev'\n",
    });
    expect(existsSync(shop.output)).toBe(false);
  });
});

describe("synth --dist", () => {
  test("writes to a folder relative to the working folder", async () => {
    const workingFolder = join(shop.root, "environments");
    expect((await shop.run(["synth", "--dist", "../elsewhere"], { workingFolder })).exitCode).toBe(0);
    expect(shop.files(join(shop.root, "elsewhere")).size).toBe(all);
    expect(existsSync(shop.output)).toBe(false);
  });

  test("takes an absolute folder", async () => {
    expect((await shop.run(["synth", "--dist", join(shop.root, "absolute")], { workingFolder: "/" })).exitCode).toBe(0);
    expect(shop.files(join(shop.root, "absolute")).size).toBe(all);
  });

  test("refuses a folder that somebody else filled, and touches nothing in it", async () => {
    mkdirSync(join(shop.root, "novel"));
    shop.write("novel/chapter-1.txt", "Call me Ishmael.\n");
    const before = shop.files(join(shop.root, "novel"));
    for (const command of ["synth", "diff"]) {
      expect(await shop.run([command, "--dist", "novel"])).toEqual({
        exitCode: 2,
        stdout: "",
        stderr:
          "error: the folder 'novel' is not empty and was not written by Keelson\n  hint: name another folder, or give `--force` to replace everything in it\n",
      });
    }
    expect(shop.files(join(shop.root, "novel"))).toEqual(before);
  });

  test("takes such a folder over with --force", async () => {
    mkdirSync(join(shop.root, "novel"));
    shop.write("novel/chapter-1.txt", "Call me Ishmael.\n");
    const { exitCode, stdout } = await shop.run(["synth", "--dist", "novel", "--force"]);
    expect({ exitCode, last: stdout.trimEnd().split("\n").at(-1) }).toEqual({
      exitCode: 0,
      last: `${all} created, 0 updated, 1 deleted, 0 unchanged`,
    });
    expect([...shop.files(join(shop.root, "novel")).keys()]).toEqual([".keelson", ...wanted.keys()].sort());
  });

  test("refuses a file", async () => {
    expect(await shop.run(["synth", "--dist", "environments/dev/images.yaml"])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "error: 'environments/dev/images.yaml' is not a folder\n  hint: name another folder\n",
    });
  });
});

describe("an error in the rendered whole", () => {
  test("is told with its place, and nothing is written", async () => {
    const { exitCode, stdout, stderr } = await shop.run(["synth"], { definitions: broken });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    const message = (namespace: string): string[] => [
      `error: Deployment ${namespace}/catalogue reads Secret 'library-card', which nothing makes in '${namespace}' [secret-exists]`,
      "  at apps/bookshop/catalogue.ts:0",
      "  hint: declare it under namespace.externalSecrets of the system, or mend the name; the nearest there: 'loyalty-token', 'courier-login', 'payment-keys', 'registry-login', 'storefront-tls'",
    ];
    const lines = stderr
      .trimEnd()
      .replaceAll(/catalogue\.ts:\d+/g, "catalogue.ts:0")
      .split("\n");
    expect(lines.slice(0, 3)).toEqual(message("bookshop-dev"));
    // once in dev, and in production on each of its two clusters
    expect(lines.filter((line) => line === message("bookshop-production")[0])).toHaveLength(2);
    expect(lines.at(-1)).toBe("nothing was written: 3 errors");
    expect(existsSync(shop.output)).toBe(false);
  });

  test("leaves what is there as it is", async () => {
    await shop.run(["synth"]);
    const before = shop.files();
    for (const argv of [["synth"], ["synth", "--check"], ["synth", "--force"], ["synth", "--environment", "dev"]]) {
      expect((await shop.run(argv, { definitions: broken })).exitCode).toBe(1);
    }
    expect(shop.files()).toEqual(before);
  });

  test("is told as JSON", async () => {
    const { exitCode, stdout, stderr } = await shop.run(["synth", "--output", "json"], { definitions: broken });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    const result = JSON.parse(stdout) as { written: boolean; issues: object[] };
    expect(result.written).toBe(false);
    expect(result.issues).toHaveLength(3);
    expect(result.issues[0]).toEqual({
      severity: "error",
      rule: "secret-exists",
      message: "Deployment bookshop-dev/catalogue reads Secret 'library-card', which nothing makes in 'bookshop-dev'",
      hint: "declare it under namespace.externalSecrets of the system, or mend the name; the nearest there: 'loyalty-token', 'courier-login', 'payment-keys', 'registry-login', 'storefront-tls'",
      place: expect.stringMatching(/^apps\/bookshop\/catalogue\.ts:\d+$/),
    });
  });
});

describe("image pins", () => {
  test("that are missing as a whole are an error", async () => {
    rmSync(join(shop.root, "environments/production/images.yaml"));
    for (const command of ["synth", "diff", "validate"]) {
      expect(await shop.run([command])).toEqual({
        exitCode: 2,
        stdout: "",
        stderr:
          "error: the environment 'production' has no image pins\n  hint: make the file environments/production/images.yaml; it may be empty\n",
      });
    }
  });

  test("tell all their mistakes at once, each with file and line", async () => {
    shop.write(
      "environments/dev/images.yaml",
      [
        "# one mistake a line",
        "bookshop/catalogue: registry.paperback.example:5000/shop/catalogue:latest",
        "bookshop/storefront: docker.io/library/storefront:sha-1234567",
        "bookshop/storefront:cover-cache: registry.paperback.example:5000/shop/cover-cache",
        "bookshop/storefront:smoke-test: registry.paperback.example:5000/shop/smoke-test:v1.0.0",
        "bookshop/storefornt: registry.paperback.example:5000/shop/storefront:sha-1234567",
        "Recommendations: registry.paperback.example/books/recommender:sha-1234567",
        "bookshop/catalogue: registry.paperback.example:5000/shop/catalogue:sha-1234567",
        "",
      ].join("\n") +
        shop
          .read("environments/dev/images.yaml")
          .split("\n")
          .filter((line) => /^(recommendations|warehouse)\//.test(line) && !line.startsWith("warehouse/shipping:log"))
          .join("\n"),
    );
    const { exitCode, stdout, stderr } = await shop.run(["synth"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    const file = "environments/dev/images.yaml";
    const shape = "this environment takes 'registry.paperback.example:5000/shop/<name>:sha-<commit>'";
    expect(stderr).toBe(
      [
        "error: the pin of 'bookshop/storefront:cover-cache': 'registry.paperback.example:5000/shop/cover-cache' is not an image reference: it has neither tag nor digest [image-pins]",
        `  at ${file}:4`,
        "  hint: write '<registry>/<repository>:<tag>', and '@sha256:<digest>' behind it where a digest is wanted",
        "error: 'Recommendations' is not a pin's key [image-pins]",
        `  at ${file}:7`,
        "  hint: write '<system>/<service>', then ':<container>' or '@<track>' where one is meant",
        "error: the pin of 'bookshop/catalogue' stands twice, first on line 2 [image-pins]",
        `  at ${file}:8`,
        "  hint: remove one",
        "error: the pin of 'bookshop/catalogue' in 'dev' has the moving tag 'latest' [image-pins]",
        `  at ${file}:2`,
        `  hint: ${shape}`,
        "error: the pin of 'bookshop/storefront' in 'dev' comes from 'docker.io/library/storefront', not from the registry 'registry.paperback.example:5000/shop' [image-pins]",
        `  at ${file}:3`,
        `  hint: ${shape}`,
        "error: the pin of 'bookshop/storefront:smoke-test' in 'dev' has the tag 'v1.0.0', which is not 'sha-<commit>' [image-pins]",
        `  at ${file}:5`,
        `  hint: ${shape}`,
        "error: no image pin for 'warehouse/shipping:log-shipper' in 'dev' [image-pins]",
        `  at ${file}:1`,
        `  hint: add the line 'warehouse/shipping:log-shipper: registry.paperback.example/books/log-shipper:sha-<commit>' to ${file}`,
        "error: the pin of 'bookshop/storefornt' in 'dev' is used by nothing [image-pins]",
        `  at ${file}:6`,
        "  hint: remove the line, or mend the key; the nearest that are used: 'bookshop/storefront', 'bookshop/catalogue', 'bookshop/storefront:smoke-test'",
        "nothing was written: 8 errors",
        "",
      ].join("\n"),
    );
  });

  test("that are no YAML are told once, and not once more for every pin", async () => {
    shop.write("environments/dev/images.yaml", 'bookshop/catalogue: "registry.paperback.example\n');
    const { exitCode, stderr } = await shop.run(["synth"]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr:
        'error: not YAML: Missing closing "quote [image-pins]\n  at environments/dev/images.yaml:2\n' +
        "  hint: write one '<system>/<service>: <image>' per line, with a space behind the colon\nnothing was written: 1 error\n",
    });
  });
});
