import { afterEach, describe, expect, test } from "@jest/globals";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { pinHistory } from "../../lib/history/pin-history.ts";
import { caught } from "../support/caught.ts";
import { pinsText } from "../support/pins-text.ts";
import { type ScriptedCommit, ScriptedHistory } from "../support/scripted-history.ts";

let script: ScriptedHistory | undefined;
afterEach(() => {
  script?.remove();
  script = undefined;
});

const [frontend, orders] = ["shop/frontend", "shop/order-service"];
const file = "environments/dev/images.yaml";

/** `<key> <from> → <to> <subject of commit>[ by <subject of origin>]`, newest first. */
function told(commits: readonly ScriptedCommit[], environment = "dev"): string[] {
  script = new ScriptedHistory(commits);
  return pinHistory(GitRepository.open(script.folder), environment).map(({ key, from, to, commit, origin }) => {
    const by = commit.id === origin.id ? "" : ` by ${origin.subject}`;
    return `${key} ${from?.tag ?? "-"} → ${to?.tag ?? "-"}: ${commit.subject}${by}`;
  });
}

const dev = (pins: Readonly<Record<string, string | undefined>>): Pick<ScriptedCommit, "pins"> => ({ pins: { dev: pins } });

test("moves are told newest first, of one commit by key, and other environments are not mixed in", () => {
  expect(
    told([
      { message: "both begin", ...dev({ [orders]: "orders:1", [frontend]: "frontend:1" }) },
      { message: "elsewhere", pins: { production: { [frontend]: "frontend:9" } } },
      { message: "a bot", files: { "dist/dev/frontend.yaml": "replicas: 2\n" } },
      { message: "next", ...dev({ [frontend]: "frontend:2" }) },
    ]),
  ).toEqual(["shop/frontend 1 → 2: next", "shop/frontend - → 1: both begin", "shop/order-service - → 1: both begin"]);
});

describe("what is no move", () => {
  test.each([
    ["other order and empty lines", `${orders}: ghcr.io/acme/orders:1\n\n${frontend}: ghcr.io/acme/frontend:1\n`],
    ["quotes", `"${frontend}": 'ghcr.io/acme/frontend:1'\n${orders}: "ghcr.io/acme/orders:1"\n`],
    ["comments", `# by hand\n${frontend}: ghcr.io/acme/frontend:1 # why not\n${orders}: ghcr.io/acme/orders:1\n`],
    ["other line ends", `# für alle\r\n${frontend}: ghcr.io/acme/frontend:1  # é: x\r\n${orders}: ghcr.io/acme/orders:1 \r\n`],
    ["a comment's sign in quotes", `${frontend}: "ghcr.io/acme/frontend:1" # "\n${orders}: ghcr.io/acme/orders:1\n`],
    ["flow style", `{ ${frontend}: ghcr.io/acme/frontend:1, ${orders}: ghcr.io/acme/orders:1 }\n`],
    ["a file that is not YAML", "{ shop: [\n"],
    ["a file of conflict markers", `<<<<<<< HEAD\n${frontend}: ghcr.io/acme/frontend:1\n=======\n>>>>>>> theirs\n`],
    ["a value that cannot be read", `${frontend}: frontend\n${orders}: ghcr.io/acme/orders:1\n`],
  ])("%s", (_what, text) => {
    expect(
      told([
        { message: "begin", ...dev({ [orders]: "orders:1", [frontend]: "frontend:1" }) },
        { message: "by hand", files: { [file]: text } },
        { message: "tidied", files: { [file]: pinsText({ [orders]: "orders:1", [frontend]: "frontend:1" }) } },
      ]),
    ).toEqual(["shop/frontend - → 1: begin", "shop/order-service - → 1: begin"]);
  });
});

test("after a broken file the next one that can be read has moved the pin", () => {
  expect(
    told([
      { message: "begin", ...dev({ [frontend]: "frontend:1" }) },
      { message: "broken", files: { [file]: `${frontend}: ghcr.io/acme/frontend:2\n\t- oops\n` } },
      { message: "mended", ...dev({ [frontend]: "frontend:3" }) },
    ]),
  ).toEqual(["shop/frontend 1 → 3: mended", "shop/frontend - → 1: begin"]);
});

test("a key that goes and comes again, a service that is renamed, a file that goes", () => {
  expect(
    told([
      { message: "no file yet", files: { "README.md": "shop\n" } },
      { message: "begin", ...dev({ [frontend]: "frontend:1", [orders]: "orders:1" }) },
      { message: "out", ...dev({ [frontend]: undefined }) },
      { message: "in", ...dev({ [frontend]: "frontend:1" }) },
      { message: "renamed", ...dev({ [frontend]: undefined, "shop/web": "frontend:1" }) },
      { message: "gone", files: { [file]: undefined } },
    ]),
  ).toEqual([
    "shop/order-service 1 → -: gone",
    "shop/web 1 → -: gone",
    "shop/frontend 1 → -: renamed",
    "shop/web - → 1: renamed",
    "shop/frontend - → 1: in",
    "shop/frontend 1 → -: out",
    "shop/frontend - → 1: begin",
    "shop/order-service - → 1: begin",
  ]);
});

test("dates that run backwards do not change the order", () => {
  expect(
    told([
      { message: "first", at: "2026-11-03T00:00:00Z", ...dev({ [frontend]: "frontend:1" }) },
      { message: "second", at: "2026-11-01T00:00:00Z", ...dev({ [frontend]: "frontend:2" }) },
      { message: "third", at: "2026-11-02T00:00:00Z", ...dev({ [frontend]: "frontend:3" }) },
    ]),
  ).toEqual(["shop/frontend 2 → 3: third", "shop/frontend 1 → 2: second", "shop/frontend - → 1: first"]);
});

const begin: ScriptedCommit = { message: "begin", ...dev({ [frontend]: "frontend:1", [orders]: "orders:1" }) };

describe("merges", () => {
  test("a pull request moves at its merge, and its last writer wrote it", () => {
    expect(
      told([
        begin,
        { on: "feature", message: "try", ...dev({ [frontend]: "frontend:2" }) },
        { on: "feature", message: "settle", ...dev({ [frontend]: "frontend:3" }) },
        { on: "feature", message: "docs", files: { "README.md": "shop\n" } },
        { message: "a bot", ...dev({ [orders]: "orders:2" }) },
        { message: "merge", merge: ["feature"] },
      ]),
    ).toEqual([
      "shop/frontend 1 → 3: merge by settle",
      "shop/order-service 1 → 2: a bot",
      "shop/frontend - → 1: begin",
      "shop/order-service - → 1: begin",
    ]);
  });

  test("main merged into a branch, and the branch back: only what the branch wrote is the branch's", () => {
    expect(
      told([
        begin,
        { on: "feature", message: "feature", ...dev({ [frontend]: "frontend:2" }) },
        { message: "on main", ...dev({ [orders]: "orders:2" }) },
        { on: "feature", message: "catch up", merge: ["main"] },
        { on: "feature", message: "more", ...dev({ "shop/web": "web:1" }) },
        { message: "merge", merge: ["feature"] },
      ]).slice(0, 3),
    ).toEqual(["shop/frontend 1 → 2: merge by feature", "shop/web - → 1: merge by more", "shop/order-service 1 → 2: on main"]);
  });

  test("each branch of an octopus wrote its own", () => {
    expect(
      told([
        begin,
        { on: "one", message: "one", ...dev({ [frontend]: "frontend:2" }) },
        { on: "two", message: "two", ...dev({ [orders]: "orders:2" }) },
        { on: "three", message: "three", ...dev({ "shop/web": "web:1" }) },
        { message: "octopus", merge: ["one", "two", "three"] },
      ]).slice(0, 3),
    ).toEqual(["shop/frontend 1 → 2: octopus by one", "shop/order-service 1 → 2: octopus by two", "shop/web - → 1: octopus by three"]);
  });

  test("where two branches of an octopus wrote the same, the first one did", () => {
    expect(
      told([
        begin,
        { on: "one", message: "one", ...dev({ [frontend]: "frontend:2" }) },
        { on: "two", message: "two", ...dev({ [frontend]: "frontend:2" }) },
        { message: "octopus", merge: ["one", "two"] },
      ])[0],
    ).toBe("shop/frontend 1 → 2: octopus by one");
  });

  test("a branch of a branch, a removal, and a revert are found inside", () => {
    expect(
      told([
        begin,
        { on: "feature", message: "remove", ...dev({ [orders]: undefined }) },
        { on: "inner", from: "feature", message: "inner", ...dev({ [frontend]: "frontend:2" }) },
        { on: "feature", message: "merge inner", merge: ["inner"] },
        { on: "feature", message: "oops", ...dev({ "shop/web": "web:1" }) },
        { message: "merge", merge: ["feature"] },
        { on: "undo", message: 'Revert "inner"', ...dev({ [frontend]: "frontend:1" }) },
        { message: "merge the revert", merge: ["undo"] },
      ]).slice(0, 4),
    ).toEqual([
      'shop/frontend 2 → 1: merge the revert by Revert "inner"',
      "shop/frontend 1 → 2: merge by inner",
      "shop/order-service 1 → -: merge by remove",
      "shop/web - → 1: merge by oops",
    ]);
  });

  test("a value that was chosen while merging is the merge's own", () => {
    expect(
      told([
        begin,
        { on: "feature", message: "feature", ...dev({ [frontend]: "frontend:2" }) },
        { message: "on main", ...dev({ [frontend]: "frontend:3" }) },
        { message: "merge", merge: ["feature"], ...dev({ [frontend]: "frontend:4" }) },
        { on: "old", from: "feature", message: "old", files: { "README.md": "shop\n" } },
        { message: "take theirs", merge: ["old"], ...dev({ [frontend]: "frontend:1" }) },
      ]).slice(0, 3),
    ).toEqual(["shop/frontend 4 → 1: take theirs", "shop/frontend 3 → 4: merge", "shop/frontend 1 → 3: on main"]);
  });

  test("what a branch brought back from an older main, its merge wrote", () => {
    expect(
      told([
        begin,
        { on: "earlier", message: "earlier", ...dev({ [frontend]: "frontend:0" }) },
        { message: "merge earlier", merge: ["earlier"] },
        { message: "once", ...dev({ [frontend]: "frontend:1" }) },
        { on: "slow", message: "docs", files: { "README.md": "shop\n" } },
        { message: "on main", ...dev({ [frontend]: "frontend:2" }) },
        { message: "theirs", merge: ["slow"], ...dev({ [frontend]: "frontend:1" }) },
      ]).slice(0, 2),
    ).toEqual(["shop/frontend 2 → 1: theirs", "shop/frontend 1 → 2: on main"]);
  });

  test("a merge that changed nothing is no move, and what went on inside unseen is none either", () => {
    expect(
      told([
        begin,
        { on: "feature", message: "there", ...dev({ [frontend]: "frontend:2" }) },
        { on: "feature", message: "and back", ...dev({ [frontend]: "frontend:1" }) },
        { message: "merge", merge: ["feature"] },
      ]),
    ).toEqual(["shop/frontend - → 1: begin", "shop/order-service - → 1: begin"]);
  });

  test("a broken file inside hides the writer until it can be read", () => {
    expect(
      told([
        begin,
        { on: "feature", message: "good", ...dev({ [frontend]: "frontend:2" }) },
        { on: "feature", message: "broken", files: { [file]: "{\n" } },
        { on: "feature", message: "mended", files: { [file]: pinsText({ [frontend]: "frontend:2", [orders]: "orders:2" }) } },
        { message: "merge", merge: ["feature"], ...dev({ [orders]: "orders:2" }) },
      ]).slice(0, 2),
    ).toEqual(["shop/frontend 1 → 2: merge by good", "shop/order-service 1 → 2: merge by mended"]);
  });
});

test("another branch has a history of its own", () => {
  told([begin, { on: "feature", message: "feature", ...dev({ [frontend]: "frontend:2" }) }]);
  const git = GitRepository.open(script?.folder ?? "");
  expect(pinHistory(git, "dev", "feature").map(({ commit }) => commit.subject)).toEqual(["feature", "begin", "begin"]);
  expect(pinHistory(git, "dev").map(({ commit }) => commit.subject)).toEqual(["begin", "begin"]);
});

test("an environment without pins has no history, and a commit that is not there is an error", () => {
  expect(told([begin], "production")).toEqual([]);
  expect(caught(() => pinHistory(GitRepository.open(script?.folder ?? ""), "dev", "nowhere"))).toBe(
    "this clone has no commit 'nowhere'\nhint: fetch it: git fetch",
  );
});
