import { afterAll, expect, test } from "@jest/globals";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { commitAt } from "../../lib/history/commit-at.ts";
import { pinHistory } from "../../lib/history/pin-history.ts";
import { pinsAt } from "../../lib/history/pins-at.ts";
import { rollbackCandidates } from "../../lib/rollback/candidate.ts";
import { findCandidate } from "../../lib/rollback/find-candidate.ts";
import { caught } from "../support/caught.ts";
import { type ScriptedCommit, ScriptedHistory } from "../support/scripted-history.ts";

const orders = (tag: string, more: Partial<ScriptedCommit> = {}): ScriptedCommit => ({
  pins: { dev: { "shop/orders": `orders:${tag}`, ...more.pins?.dev } },
  as: tag,
  ...more,
});
const history = new ScriptedHistory([
  { files: { "README.md": "an empty shop\n" }, as: "empty" },
  orders("v1", { at: "2026-11-02T10:00:00Z" }),
  orders("sha-abcdef0123456", { at: "2026-11-04T10:00:00Z" }),
  { files: { "README.md": "a shop\n" }, as: "readme" },
  orders("v3", { at: "2026-11-06T10:00:00Z" }),
  { pins: { dev: { "shop/orders:proxy": "proxy:p1" } }, as: "proxy" },
  { pins: { dev: { "shop/orders:proxy": "proxy:p2" } } },
  orders("v9", { on: "side", from: "v1" }),
  orders("v4", { at: "2026-11-08T10:00:00Z" }),
]);
afterAll(() => {
  history.remove();
});
history.git("tag", "v1", history.id("readme"));
history.git("tag", "release", history.id("readme"));

const git = GitRepository.open(history.folder);
const present = pinsAt(git, "dev", "HEAD");
const nothingSeen = { healthyAt: undefined, degradedAt: undefined, syncedAt: undefined };
const { candidates } = rollbackCandidates(pinHistory(git, "dev"), present, { isRollback: () => false, evidenceOf: () => nothingSeen });

const find = (text: string): ReturnType<typeof findCandidate> =>
  findCandidate(text, {
    candidates,
    present,
    commit: (revision) => git.commit(revision),
    isOnBranch: (commit) => git.isAncestor(commit, "HEAD"),
    pinsAt: (commit) => pinsAt(git, "dev", commit),
    commitAt: (instant) => (/^\d{4}-/.test(instant) ? commitAt(git, instant)?.id : undefined),
  });
const tagOf = (text: string): string | undefined => find(text).pins.get("shop/orders")?.tag;

test.each([
  ["one step back", "1-step", "v3"],
  ["several steps back", "4-steps", "v1"],
  ["an instant", "2026-11-05T00:00:00Z", "sha-abcdef0123456"],
  ["a commit by its short id", history.id("readme").slice(0, 9), "sha-abcdef0123456"],
  ["a tag of this repository", "release", "sha-abcdef0123456"],
  ["the commit that an image was built from", "abcdef0", "sha-abcdef0123456"],
  ["an image tag", "sha-abcdef0123456", "sha-abcdef0123456"],
  ["the commit that set it", history.id("v1"), "v1"],
])("%s", (_, text, tag) => {
  expect(tagOf(text)).toBe(tag);
});

test("the configuration to compare with is the last that a state ran with; of a commit that one", () => {
  expect(find("3-steps")).toMatchObject({ commit: history.id("readme"), candidate: { steps: 3 }, how: "3 steps back" });
  expect(find(history.id("sha-abcdef0123456"))).toMatchObject({ commit: history.id("sha-abcdef0123456"), candidate: { steps: 3 } });
});

test("the present is no candidate", () => {
  expect(find("HEAD").candidate).toBeUndefined();
});

test.each([
  ["more steps than there are", "9-steps", "'9-steps' goes back further than there is history\nhint: at most 4-steps: "],
  ["nothing known", "v77", "'v77' names no commit of this branch and no version that ran\nhint: what ran: "],
  ["a commit of another branch", "side", "the commit 'side' is not on this branch\nhint: "],
  ["a commit from before", history.id("empty").slice(0, 7), "nothing of it had a pin yet: the commit "],
  [
    "a version and a tag of this repository that say different things",
    "v1",
    "'v1' names several things: version v1, 4 steps back; the commit ",
  ],
  [
    "a version that ran beside two others",
    "v3",
    "'v3' names several things: version orders v3, orders:proxy p2, 1 step back; version orders v3, orders:proxy p1, 2 steps back",
  ],
])("%s", (_, text, message) => {
  expect(caught(() => find(text))).toContain(message);
});
