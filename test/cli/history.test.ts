import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ScriptedHistory } from "../support/scripted-history.ts";
import { type Outcome, type Surroundings, TemporaryShop } from "../support/temporary-shop.ts";

const shop = new TemporaryShop();
let script: ScriptedHistory;
beforeAll(() => {
  script = new ScriptedHistory(
    [
      { as: "begin", pins: { dev: { "bookshop/storefront": "storefront:sha-1111111", "bookshop/cellar": "cellar:v1" } } },
      {
        as: "deploy",
        by: "ci-bot",
        message:
          "deploy: storefront 2222222 to dev\n\nEnvironment: dev\nServices: bookshop/storefront\nSource-Commit: 2222222aaaa\n" +
          "Run: https://ci.example/runs/7\nActor: alice\nRefs: SHOP-1",
        pins: { dev: { "bookshop/storefront": "storefront:sha-2222222" } },
      },
      {
        on: "release",
        as: "release commit",
        by: "ci-bot",
        committer: "GitHub",
        message:
          "release: storefront v1.0.0 to production\n\nPromoted-From: dev\nActor: =cmd|' /C calc'!A0\nRefs: SHOP-2\n" +
          'Override: it, "burns"\nBreaking-Change: no more v0',
        pins: { production: { "bookshop/storefront": `storefront:v1.0.0@sha256:${"1".repeat(64)}` } },
      },
      { as: "merge", message: "Merge pull request #4", by: "Bob", committer: "GitHub", merge: ["release"] },
      { as: "cellar", message: "chore: no\u001b[31m cellar", by: "Zoë", pins: { dev: { "bookshop/cellar": undefined } } },
      {
        as: "rollback",
        at: "2026-11-20T14:00:00Z",
        by: "carol",
        message: "rollback: storefront to 1111111\n\nReason: it hurts\nEvidence: the one before",
        pins: { dev: { "bookshop/storefront": "storefront:sha-1111111", "bookshop/storefront:cover-cache@canary": "cover-cache:v3" } },
      },
    ],
    shop.root,
  );
  script.git("tag", "live", script.id("merge"));
});
afterAll(() => {
  shop.remove();
});

const now = (): Date => new Date("2026-11-21T09:00:00Z");

/** With the names of the script in place of commits. */
async function keelson(argv: readonly string[], world: Surroundings = {}): Promise<Outcome> {
  const { exitCode, stdout, stderr } = await shop.run(argv, { now, ...world });
  const named = (text: string): string =>
    ["begin", "deploy", "release commit", "merge", "cellar", "rollback"].reduce(
      (so, name) => so.replaceAll(script.id(name), `<${name}>`).replaceAll(script.id(name).slice(0, 7), name.padEnd(7, "_").slice(0, 7)),
      text,
    );
  return { exitCode, stdout: named(stdout), stderr: named(stderr) };
}

const done = (stdout: string, stderr = ""): Outcome => ({ exitCode: 0, stdout, stderr });

describe("history", () => {
  test("tells all of it, newest first, of every environment", async () => {
    expect(await keelson(["history"])).toEqual(
      done(
        `TIME (UTC)           ENVIRONMENT  SERVICE                                 FROM     TO       KIND      WHO                             COMMIT   WHY
2026-11-20 14:00:00  dev          bookshop/storefront                     2222222  1111111  rollback  carol                           rollbac  rollback: storefront to 1111111; reason: it hurts
2026-11-20 14:00:00  dev          bookshop/storefront:cover-cache@canary  -        v3       rollback  carol                           rollbac  rollback: storefront to 1111111; reason: it hurts
2026-11-01 08:04:00  dev          bookshop/cellar                         v1       -        removed   Zoë                             cellar_  chore: no [31m cellar
2026-11-01 08:03:00  production   bookshop/storefront                     -        v1.0.0   release   =cmd|' /C calc'!A0 (by GitHub)  merge__  release: storefront v1.0.0 to production [SHOP-2]; override: it, "burns"; breaking: no more v0
2026-11-01 08:01:00  dev          bookshop/storefront                     1111111  2222222  deploy    alice                           deploy_  deploy: storefront 2222222 to dev [SHOP-1]
2026-11-01 08:00:00  dev          bookshop/cellar                         -        v1       by hand   Ada                             begin__  change
2026-11-01 08:00:00  dev          bookshop/storefront                     -        1111111  by hand   Ada                             begin__  change
`,
      ),
    );
  });

  const moved = async (...argv: string[]): Promise<string[]> => {
    const { exitCode, stdout } = await keelson(["history", "--output", "json", ...argv]);
    expect(exitCode).toBe(0);
    return (JSON.parse(stdout) as { key: string; environment: string; commit: string }[]).map(
      ({ key, environment, commit }) => `${environment} ${key} ${commit}`,
    );
  };
  const [deploy, begin, rollback] = ["deploy", "begin", "rollback"].map((name) => `dev bookshop/storefront <${name}>`);
  const release = "production bookshop/storefront <merge>";
  const canary = "dev bookshop/storefront:cover-cache@canary <rollback>";
  const [cellarIn, cellarOut] = ["begin", "cellar"].map((name) => `dev bookshop/cellar <${name}>`);

  test.each([
    [["bookshop/cellar"], [cellarOut, cellarIn]],
    [["bookshop/storefront"], [rollback, canary, release, deploy, begin]],
    [["bookshop/storefront:cover-cache"], [canary]],
    [["bookshop/storefront@canary"], [canary]],
    [["bookshop", "--environment", "production"], [release]],
    [
      ["bookshop/storefront", "--environment", "production", "--environment", "dev", "--limit", "3"],
      [rollback, canary, release],
    ],
    [["warehouse"], []],
    [
      ["--since", "2026-11-01 08:03"],
      [rollback, canary, cellarOut, release],
    ],
    [
      ["--since", "2026-11-01T09:03:01+01:00"],
      [rollback, canary, cellarOut],
    ],
    [
      ["--since", "2d"],
      [rollback, canary],
    ],
    [
      ["--since", "live"],
      [rollback, canary, cellarOut],
    ],
    [
      ["--until", "live"],
      [release, deploy, cellarIn, begin],
    ],
    [
      ["--until", "2026-11-01 08:03"],
      [deploy, cellarIn, begin],
    ],
    [["--since", "2026-11-01 08:01", "--until", "live~1"], [deploy]],
    [["--since", "HEAD"], []],
  ])("%j", async (argv, expected) => {
    expect(await moved(...argv)).toEqual(expected);
  });

  test("JSON tells all of a move, and leaves out what is not known", async () => {
    const { stdout } = await keelson(["history", "--environment", "production", "--output", "json"]);
    expect(JSON.parse(stdout)).toEqual([
      {
        time: "2026-11-01T08:03:00Z",
        environment: "production",
        key: "bookshop/storefront",
        system: "bookshop",
        service: "storefront",
        to: `ghcr.io/acme/storefront:v1.0.0@sha256:${"1".repeat(64)}`,
        kind: "release",
        who: "=cmd|' /C calc'!A0",
        actor: "=cmd|' /C calc'!A0",
        author: { name: "ci-bot", email: "ci-bot@example.test" },
        committer: { name: "GitHub", email: "github@example.test" },
        authoredAt: "2026-11-01T08:02:00Z",
        subject: "release: storefront v1.0.0 to production",
        refs: ["SHOP-2"],
        override: 'it, "burns"',
        breakingChange: "no more v0",
        promotedFrom: "dev",
        commit: "<merge>",
        origin: "<release commit>",
      },
    ]);
  });

  test("CSV is what spreadsheets read, and nothing in it is a formula", async () => {
    expect((await keelson(["history", "bookshop/storefront", "--until", "live", "--output", "csv"])).stdout).toBe(
      [
        "\ufefftime_utc,environment,service,from,to,kind,who,author,author_email,committer,subject,refs,reason,override,breaking_change,promoted_from,source_commit,run,commit,origin",
        `2026-11-01 08:03:00,production,bookshop/storefront,,ghcr.io/acme/storefront:v1.0.0@sha256:${"1".repeat(64)},release,'=cmd|' /C calc'!A0,ci-bot,ci-bot@example.test,GitHub,release: storefront v1.0.0 to production,SHOP-2,,"it, ""burns""",no more v0,dev,,,<merge>,<release commit>`,
        "2026-11-01 08:01:00,dev,bookshop/storefront,ghcr.io/acme/storefront:sha-1111111,ghcr.io/acme/storefront:sha-2222222,deploy,alice,ci-bot,ci-bot@example.test,ci-bot,deploy: storefront 2222222 to dev,SHOP-1,,,,,2222222aaaa,https://ci.example/runs/7,<deploy>,<deploy>",
        "2026-11-01 08:00:00,dev,bookshop/storefront,,ghcr.io/acme/storefront:sha-1111111,by hand,Ada,Ada,ada@example.test,Ada,change,,,,,,1111111,,<begin>,<begin>",
        "",
      ].join("\r\n"),
    );
  });

  test("nothing is a table without rows, an empty list, a heading", async () => {
    expect(await keelson(["history", "warehouse"])).toEqual(done("", "no pin moved\n"));
    expect(await keelson(["history", "warehouse", "--output", "json"])).toEqual(done("[]\n"));
    expect((await keelson(["history", "warehouse", "--output", "csv"])).stdout.split("\r\n")).toHaveLength(2);
  });

  test.each([
    [["bookshop/celler"], "nothing called 'bookshop/celler' was ever deployed\n  hint: the nearest are: 'bookshop/cellar', "],
    [["bokshop"], "nothing called 'bokshop' was ever deployed\n  hint: the nearest are: 'bookshop', "],
    [["bookshop/storefront@canari"], "nothing called 'bookshop/storefront@canari' was ever deployed\n  hint: the nearest are: "],
    [
      ["Bookshop/"],
      "'Bookshop/' names no service\n  hint: write <system> or <system>/<service>, then :<container> or @<track> where one is meant\n",
    ],
    [["--environment", "prod"], "there is no environment 'prod'\n  hint: the environments are: 'dev', 'production'\n"],
    [["--environment", "../dev"], "there is no environment '../dev'\n"],
    [["--since", "yesterday"], "--since 'yesterday' is neither an instant nor a commit of this clone\n"],
    [["--until", "2026-02-30"], "--until '2026-02-30' is no day of the calendar\n"],
    [["--limit", "0"], "option '--limit <n>' argument '0' is invalid. write a whole number, 1 at least.\n"],
    [["--output", "xml"], "option '--output <format>' argument 'xml' is invalid. Allowed choices are table, json, csv.\n"],
  ])("%j is refused with one error", async (argv, error) => {
    const { exitCode, stdout, stderr } = await keelson(["history", ...argv]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.startsWith(`error: ${error.split("\n")[0] ?? ""}`)).toBe(true);
    expect(stderr).toContain(error);
  });
});

describe("at", () => {
  const note = "this is what Git asked for: ";
  const [dev, production] = [
    `${note}Argo CD syncs 'dev' by itself, a while after\n`,
    `${note}'production' waits for somebody to sync, and ran what was there before until then\n`,
  ];

  test("tells the pins, since when and by whom", async () => {
    expect(await keelson(["at", "2026-11-01 08:03:30", "--environment", "dev"])).toEqual(
      done(
        `SERVICE              IMAGE                                SINCE (UTC)          KIND     WHO    COMMIT
bookshop/cellar      ghcr.io/acme/cellar:v1               2026-11-01 08:00:00  by hand  Ada    begin__
bookshop/storefront  ghcr.io/acme/storefront:sha-2222222  2026-11-01 08:01:00  deploy   alice  deploy_
`,
        `'dev' at 2026-11-01 08:03:30 UTC, commit merge__ of 2026-11-01 08:03:00 UTC: Merge pull request #4\n${dev}`,
      ),
    );
  });

  test("of one service, as programs read it, by a tag", async () => {
    const { stdout, stderr, exitCode } = await keelson(["at", "live", "bookshop/cellar", "--environment", "dev", "--output", "json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: dev });
    expect(JSON.parse(stdout)).toEqual({
      environment: "dev",
      at: "2026-11-01T08:03:00Z",
      commit: "<merge>",
      committedAt: "2026-11-01T08:03:00Z",
      pins: [
        expect.objectContaining({ key: "bookshop/cellar", to: "ghcr.io/acme/cellar:v1", time: "2026-11-01T08:00:00Z", commit: "<begin>" }),
      ],
    });
  });

  test("says that production waits, and that nothing was pinned yet", async () => {
    expect(await keelson(["at", "2026-11-01 08:02", "--environment", "production"])).toEqual(
      done(
        "",
        `'production' at 2026-11-01 08:02:00 UTC, commit deploy_ of 2026-11-01 08:01:00 UTC: deploy: storefront 2222222 to dev\nnothing was pinned then\n${production}`,
      ),
    );
  });

  test.each([
    [
      ["2026-10-31", "--environment", "dev"],
      "at 2026-10-31T00:00:00Z there was nothing yet\n  hint: the first commit is of 2026-11-01T08:00:00Z\n",
    ],
    [["2026-12-01", "--environment", "dev"], "the moment '2026-12-01' lies ahead\n  hint: now is 2026-11-21T09:00:00Z\n"],
    [["v9", "--environment", "dev"], "the moment 'v9' is neither an instant nor a commit of this clone\n"],
    [["live"], "required option '--environment <name>' not specified\n"],
    [
      ["live", "bookshop/celler", "--environment", "dev"],
      "nothing called 'bookshop/celler' was ever deployed\n  hint: the nearest are: 'bookshop/cellar', ",
    ],
    [["live", "--environment", "prod"], "there is no environment 'prod'\n"],
  ])("%j is refused with one error", async (argv, error) => {
    const { exitCode, stdout, stderr } = await keelson(["at", ...argv]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.startsWith(`error: ${error.split("\n")[0] ?? ""}`)).toBe(true);
    expect(stderr).toContain(error);
  });
});

test("a shallow clone and a folder outside every clone are refused by both", async () => {
  const [shallow, outside] = [new TemporaryShop(), new TemporaryShop()];
  try {
    execFileSync("git", ["-C", shallow.root, "-c", "init.defaultBranch=other", "init", "--quiet"]);
    execFileSync("git", ["-C", shallow.root, "fetch", "--quiet", "--depth=1", `file://${shop.root}`, "main:main"]);
    for (const argv of [["history"], ["at", "HEAD", "--environment", "dev"]]) {
      expect(await shallow.run(argv)).toEqual({
        exitCode: 2,
        stdout: "",
        stderr:
          "error: this clone is shallow: its history ends before the beginning\n" +
          "  hint: git fetch --unshallow; in GitHub Actions check out with `fetch-depth: 0`, in GitLab CI set GIT_DEPTH to 0\n",
      });
      const { exitCode, stderr } = await outside.run(argv);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^error: git cannot read '.*\n {2}hint: run this in a clone of the GitOps repository\n$/);
    }
  } finally {
    shallow.remove();
    outside.remove();
  }
});
