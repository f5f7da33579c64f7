import { afterEach, expect, test } from "@jest/globals";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { pinHistory } from "../../lib/history/pin-history.ts";
import { ImageReference } from "../../lib/image/image-reference.ts";
import { type PinRun, pinRun } from "../../lib/promotion/pin-runs.ts";
import { type ScriptedCommit, ScriptedHistory } from "../support/scripted-history.ts";

const key = "shop/till";

let clone: ScriptedHistory | undefined;

afterEach(() => {
  clone?.remove();
});

/** What is known of `shop/till` in dev, of which staging runs `target`. */
function runOf(commits: readonly ScriptedCommit[], source: string, target: string | undefined): PinRun {
  clone = new ScriptedHistory(commits);
  const moves = pinHistory(GitRepository.open(clone.folder), "dev").filter((move) => move.key === key);
  const reference = (version: string): ImageReference => ImageReference.parse(`ghcr.io/acme/till:${version}`);
  return pinRun(moves, reference(source), target === undefined ? undefined : reference(target));
}

function set(version: string, more: Partial<ScriptedCommit> = {}): ScriptedCommit {
  return { pins: { dev: { [key]: `till:${version}` } }, ...more };
}

function skippedBy({ skipped }: PinRun): (string | undefined)[] | undefined {
  return skipped?.map(({ reference }) => reference.tag);
}

const other: ScriptedCommit = { pins: { dev: { "shop/shelf": "shelf:1" } } };

test.each<[string, ScriptedCommit[], string, string | undefined, string[] | undefined]>([
  ["the next version skips none", [set("a"), set("b")], "b", "a", []],
  ["versions between, newest first, whatever other services did", [set("a"), other, set("b"), set("c"), set("d")], "d", "a", ["c", "b"]],
  ["a version that came twice is said once", [set("a"), set("b"), set("c"), set("b"), set("d")], "d", "a", ["b", "c"]],
  ["what ran before the target's version is not skipped", [set("x"), set("a"), set("b")], "b", "a", []],
  ["back to a version: what ran in between is skipped", [set("a"), set("b"), set("c"), set("b")], "b", "a", ["c"]],
  ["the target's version came back: counted from its last time", [set("a"), set("b"), set("a"), set("c")], "c", "a", []],
  ["the target has what never ran here", [set("a"), set("b")], "b", "z", undefined],
  ["the target has none yet", [set("a"), set("b")], "b", undefined, []],
  ["a pin that was taken away for a while", [set("a"), { pins: { dev: { [key]: undefined } } }, set("b")], "b", "a", []],
  [
    "of a merge what the branch held, not what was tried inside",
    [set("a"), set("tried", { on: "work" }), set("b", { on: "work" }), { merge: ["work"] }, set("c")],
    "c",
    "a",
    ["b"],
  ],
  ["not committed yet", [set("a"), set("b")], "c", "a", ["b"]],
])("skipped versions: %s", (_, commits, source, target, skipped) => {
  expect(skippedBy(runOf(commits, source, target))).toEqual(skipped);
});

test.each<[string, ScriptedCommit[], string, string | undefined]>([
  [
    "the commit that set it",
    [set("a"), set("b", { at: "2026-11-05T10:00:00Z" }), { at: "2026-11-06T10:00:00Z", ...other }],
    "b",
    "2026-11-05T10:00:00Z",
  ],
  ["its last time, where it came back", [set("b"), set("a"), set("b", { at: "2026-11-05T10:00:00Z" })], "b", "2026-11-05T10:00:00Z"],
  [
    "the merge, not the commit in it",
    [set("a"), set("b", { on: "work" }), { merge: ["work"], at: "2026-11-05T10:00:00Z" }],
    "b",
    "2026-11-05T10:00:00Z",
  ],
  ["nothing, where it is not committed", [set("a")], "b", undefined],
])("a pin holds since %s", (_, commits, source, since) => {
  expect(runOf(commits, source, undefined).since).toBe(since);
});

test("another name of the same digest is no new version", () => {
  const digest = `@sha256:${"1".repeat(64)}`;
  const commits = [set("a"), set(`sha-b${digest}`, { at: "2026-11-05T10:00:00Z" }), set(`v1${digest}`, { at: "2026-11-06T10:00:00Z" })];
  const run = runOf(commits, `v1${digest}`, "a");
  expect([run.since, skippedBy(run)]).toEqual(["2026-11-05T10:00:00Z", []]);
});

test.each<[string, ScriptedCommit[], string, string, boolean]>([
  ["forward", [set("a"), set("b")], "b", "a", false],
  ["back, after dev was rolled back", [set("a"), set("b"), set("a")], "a", "b", true],
  ["unknown, where the target's never ran here", [set("a")], "a", "z", false],
  ["forward, where it is not committed", [set("a")], "b", "a", false],
])("which way a pin moves: %s", (_, commits, source, target, backwards) => {
  expect(runOf(commits, source, target).backwards).toBe(backwards);
});
