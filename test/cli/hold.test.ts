import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ShopClone } from "../support/shop-clone.ts";
import type { Outcome } from "../support/temporary-shop.ts";

const file = "environments/dev/holds.yaml";
const annotated = "generated/yaml/argocd/central/dev/applications/bookshop-catalogue-dev.yaml";
const header = "# written by `keelson hold`, one hold a line\n";
const reason = ["--reason", "the index is rebuilt"];

let clone: ShopClone;
beforeEach(() => {
  clone = new ShopClone();
});
afterEach(() => {
  clone.remove();
});

function hold(...argv: readonly string[]): Promise<Outcome> {
  return clone.run(["hold", ...argv]);
}

const onCatalogue = ["set", "bookshop/catalogue", "--environment", "dev", "--until", "2026-12-01", ...reason];

describe("hold set", () => {
  test("writes the line, and the notice of the Application that it concerns", async () => {
    const { exitCode, stdout, stderr } = await hold(...onCatalogue, "--ticket", "BOOK-77");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringMatching(/^hint: commit all of it together/) });
    expect(stdout).toBe(
      "bookshop/catalogue in dev is held until 2026-12-01\n" +
        "updated argocd/central/dev/applications/bookshop-catalogue-dev.yaml\n0 created, 1 updated, 0 deleted\n",
    );
    expect(clone.read(file)).toBe(
      `${header}bookshop/catalogue: { until: 2026-12-01T23:59:59Z, by: "Alice Reader", reason: "the index is rebuilt", ticket: BOOK-77 }\n`,
    );
    expect(clone.read(annotated)).toContain(
      'notice.argocd.argoproj.io/content: "bookshop/catalogue is held until 2026-12-01T23:59:59Z, by Alice Reader: the index is rebuilt (BOOK-77)"',
    );
    expect(clone.git("status", "--porcelain").split("\n")).toHaveLength(2);
  });

  test("commits, and says in the commit what is held, why and where it is tracked", async () => {
    const { exitCode, stdout } = await hold(
      ...onCatalogue,
      "--ticket",
      "BOOK-77",
      "--refs",
      "BOOK-78",
      "--actor",
      "night-shift",
      "--commit",
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^bookshop\/catalogue in dev is held until 2026-12-01\n.*\ncommit [0-9a-f]{7}\n$/s);
    expect(clone.git("log", "-1", "--format=%B").trim()).toBe(
      [
        "hold: bookshop/catalogue in dev until 2026-12-01",
        "",
        "Environment: dev",
        "Services: bookshop/catalogue",
        "Reason: the index is rebuilt",
        "Actor: night-shift",
        "Refs: BOOK-77",
        "Refs: BOOK-78",
      ].join("\n"),
    );
    expect(clone.git("status", "--porcelain")).toBe("");
    expect(clone.read(file)).toContain("by: night-shift");
  });

  test("of production is pushed at once: it only stops what moves", async () => {
    const { exitCode } = await hold("set", "--environment", "production", "--until", "2026-12-01T18:00:00Z", ...reason, "--push");
    expect(exitCode).toBe(0);
    expect(clone.pushed()).toBe(clone.head());
    expect(clone.git("log", "-1", "--format=%s")).toBe("hold: production until 2026-12-01T18:00:00Z");
    expect(clone.read("environments/production/holds.yaml")).toContain('"*": { until: 2026-12-01T18:00:00Z');
  });

  test("again changes nothing; with another end it says so, and is reviewed where it ends earlier and pins are reviewed", async () => {
    const production = (until: string, ...more: string[]): Promise<Outcome> =>
      hold("set", "bookshop", "--environment", "production", "--until", until, ...reason, ...more);
    await production("2026-12-01", "--push");
    const before = clone.head();
    const again = await production("2026-12-01", "--push");
    expect(again).toEqual({
      exitCode: 0,
      stdout: "bookshop in production is held until 2026-12-01\n",
      stderr: "nothing is to be changed\n",
    });
    expect((await production("2026-12-05", "--push")).stdout).toMatch(
      /^bookshop in production is held until 2026-12-05, before until 2026-12-01\n/,
    );
    const earlier = await production("2026-12-02", "--push");
    expect(earlier.exitCode).toBe(2);
    expect(earlier.stderr).toBe(
      "error: ending the hold of 'bookshop in production' earlier takes pull requests\nhint: give `--branch <name>` instead of `--push`\n".replace(
        "\nhint",
        "\n  hint",
      ),
    );
    expect(clone.git("rev-list", "--count", `${before}..HEAD`)).toBe("1");
    await hold(...onCatalogue, "--push");
    expect((await hold("set", "bookshop/catalogue", "--environment", "dev", "--until", "2026-11-01", ...reason, "--push")).exitCode).toBe(
      0,
    );
  });

  test.each<[string, readonly string[], string]>([
    ["no such service", ["bookshop/catalog"], "the system 'bookshop' has no service 'catalog'"],
    [
      "one pin of a service",
      ["bookshop/catalogue:sidecar"],
      "'bookshop/catalogue:sidecar' is one pin of a service, which cannot be held by itself",
    ],
    [
      "a service that runs another's image",
      ["warehouse/migration"],
      "'warehouse/migration' has no pin of its own: it runs the image of 'shipping'",
    ],
    ["no such system", ["bookstore"], "there is no system 'bookstore'"],
    ["an end that is over", ["bookshop", "--until", "2026-03-31"], "'--until 2026-03-31' is over already"],
    ["a reason of blanks", ["bookshop", "--reason", " "], "the hold has no reason"],
    ["no such environment", ["bookshop", "--environment", "prod"], "there is no environment 'prod'"],
  ])("is refused with %s, and writes nothing", async (_, argv, message) => {
    const { exitCode, stdout, stderr } = await hold("set", "--environment", "dev", "--until", "2026-12-01", ...reason, ...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toBe(`error: ${message}`);
    expect(clone.git("status", "--porcelain")).toBe("");
  });

  test("is refused where the file cannot be read, and where a line of it is wrong", async () => {
    clone.put(file, "- bookshop\n");
    expect((await hold(...onCatalogue)).stderr).toBe(`error: ${file} is not a map of one hold a line\n  hint: mend it first\n`);
    clone.put(file, "bookshop: { until: friday }\n");
    const { exitCode, stdout, stderr } = await hold(...onCatalogue);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(`error: the hold of 'bookshop' ends at 'friday', which is no instant in UTC [holds]\n  at ${file}:1\n`);
    expect(clone.read(file)).toBe("bookshop: { until: friday }\n");
  });

  test("tells programs what it did", async () => {
    const { stdout } = await hold(...onCatalogue, "--commit", "--output", "json");
    expect(JSON.parse(stdout)).toEqual({
      environment: "dev",
      target: "bookshop/catalogue",
      before: null,
      after: {
        ...{
          target: "bookshop/catalogue",
          until: "2026-12-01T23:59:59Z",
          by: "Alice Reader",
          reason: "the index is rebuilt",
          ended: false,
        },
      },
      ...{ outcome: "committed", commit: clone.head(), attempts: 1, issues: [] },
      files: { created: [], updated: ["argocd/central/dev/applications/bookshop-catalogue-dev.yaml"], deleted: [] },
    });
  });
});

describe("hold release", () => {
  const release = ["release", "bookshop/catalogue", "--environment", "dev"];

  test("takes the hold out, with the file where it is the last, and all is as it was", async () => {
    await hold(...onCatalogue, "--commit");
    const { exitCode, stdout } = await hold(...release, "--reason", "it is rebuilt", "--commit");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^bookshop\/catalogue in dev is held no more; the hold of Alice Reader said: the index is rebuilt\n/);
    expect(clone.git("diff", "--stat", clone.first, "HEAD")).toBe("");
    expect(clone.git("log", "-1", "--format=%B").trim()).toBe(
      "hold: release bookshop/catalogue in dev\n\nEnvironment: dev\nServices: bookshop/catalogue\nReason: it is rebuilt\nActor: Alice Reader",
    );
  });

  test("tells of the wider hold that stays", async () => {
    await hold("set", "bookshop", "--environment", "dev", "--until", "2026-12-05", "--reason", "an audit", "--commit");
    await hold(...onCatalogue, "--commit");
    expect((await hold(...release, "--commit")).stdout).toContain(
      "bookshop/catalogue in dev has no hold of its own any more (the hold of Alice Reader said: the index is rebuilt), " +
        "and stays held until 2026-12-05 by Alice Reader: an audit\n",
    );
  });

  test("of what is not held changes nothing, even where its system is held", async () => {
    await hold("set", "bookshop", "--environment", "dev", "--until", "2026-12-01", ...reason, "--commit");
    const before = clone.head();
    expect(await hold(...release, "--commit")).toEqual({
      exitCode: 0,
      stdout: "bookshop/catalogue in dev has no hold of its own, and stays held until 2026-12-01 by Alice Reader: the index is rebuilt\n",
      stderr: "nothing is to be changed\n",
    });
    expect(clone.head()).toBe(before);
  });

  test("is reviewed where pins are, unless the hold has ended", async () => {
    const production = ["--environment", "production"];
    await hold("set", "bookshop", ...production, "--until", "2026-12-01", ...reason, "--push");
    const { exitCode, stderr } = await hold("release", "bookshop", ...production, "--push");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: the release of 'bookshop in production' takes pull requests\n/);
    expect((await hold("release", "bookshop", ...production, "--branch", "release-bookshop")).exitCode).toBe(0);
    expect(clone.pushed("release-bookshop")).toBeDefined();
    const later = { now: () => new Date("2026-12-02T00:00:00Z") };
    expect((await clone.run(["hold", "release", "bookshop", ...production, "--push"], later)).exitCode).toBe(0);
    expect(clone.git("ls-tree", "--name-only", "HEAD", "environments/production/")).not.toContain("holds.yaml");
  });
});

describe("hold list", () => {
  test("says that nothing is held", async () => {
    expect(await hold("list")).toEqual({ exitCode: 0, stdout: "nothing is held\n", stderr: "" });
    expect((await hold("list", "--output", "json")).stdout).toBe("[]\n");
  });

  test("lists what is held and where, ended ones marked", async () => {
    clone.put(file, 'bookshop: { until: 2026-03-01T00:00:00Z, by: ada, reason: "audit" }\n');
    clone.put("environments/production/holds.yaml", '"*": { until: 2026-12-01T23:59:59Z, by: bob, reason: "peak", ticket: BOOK-1 }\n');
    const { exitCode, stdout } = await hold("list");
    expect(exitCode).toBe(0);
    expect(stdout.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      ["ENVIRONMENT", "TARGET", "UNTIL", "BY", "TICKET", "REASON"],
      ["dev", "bookshop", "2026-03-01T00:00:00Z (ended)", "ada", "-", "audit"],
      ["production", "*", "2026-12-01", "bob", "BOOK-1", "peak"],
      [""],
    ]);
    expect(JSON.parse((await hold("list", "--environment", "production", "--output", "json")).stdout)).toEqual([
      { environment: "production", target: "*", until: "2026-12-01T23:59:59Z", by: "bob", reason: "peak", ticket: "BOOK-1", ended: false },
    ]);
  });

  test("says what cannot be read, and exits 1", async () => {
    clone.put(file, "bookshop: {}\n");
    const { exitCode, stderr } = await hold("list");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("error: the hold of 'bookshop' has no 'until' [holds]\n");
  });
});

test("validate warns of a hold that has ended, on any day that is asked for; synth says nothing", async () => {
  await hold(...onCatalogue);
  const validate = async (...argv: string[]): Promise<Outcome> => clone.run(["validate", ...argv]);
  expect((await validate()).stderr).not.toContain("[holds]");
  const { exitCode, stderr } = await validate("--date", "2026-12-02");
  expect(exitCode).toBe(0);
  expect(stderr).toContain("the hold of 'bookshop/catalogue' in 'dev' ended at 2026-12-01T23:59:59Z");
  expect((await validate("--date", "2026-12-01")).stderr).not.toContain("ended at");
  const later = { now: () => new Date("2027-01-01T00:00:00Z") };
  expect((await clone.run(["synth", "--check"], later)).stderr).not.toContain("ended at");
});
