import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { commitAt } from "../../lib/history/commit-at.ts";
import { pinsAt } from "../../lib/history/pins-at.ts";
import { requireWholeClone } from "../../lib/git/require-whole-clone.ts";
import { sourceCommitOf } from "../../lib/history/source-commit.ts";
import { caught } from "../support/caught.ts";
import { ScriptedHistory } from "../support/scripted-history.ts";

const [frontend, orders] = ["shop/frontend", "shop/order-service"];
let script: ScriptedHistory;
let git: GitRepository;
beforeAll(() => {
  script = new ScriptedHistory([
    { as: "empty", at: "2026-11-01T08:00:00Z", files: { "README.md": "shop\n" } },
    { as: "first", at: "2026-11-01T09:00:00Z", pins: { dev: { [frontend]: "frontend:sha-abc1234", [orders]: "orders:v1" } } },
    { on: "feature", at: "2026-11-01T09:30:00Z", message: "feature\n\nSource-Commit: fedcba9", pins: { dev: { [orders]: "orders:v2" } } },
    { as: "merge", at: "2026-11-01T12:00:00Z", merge: ["feature"] },
    { as: "early", at: "2026-11-01T10:00:00Z", files: { "README.md": "the shop\n" } },
    {
      as: "half",
      at: "2026-11-01T13:00:00Z",
      files: { "environments/dev/images.yaml": `${frontend}: frontend\n${orders}: ghcr.io/acme/orders:sha-fff0000\n` },
    },
    { as: "broken", at: "2026-11-01T14:00:00Z", files: { "environments/dev/images.yaml": "{\n" } },
  ]);
  git = GitRepository.open(script.folder);
});
afterAll(() => {
  script.remove();
});

test.each([
  ["2026-11-01T07:59:59Z", undefined],
  ["2026-11-01T08:00:00Z", "empty"],
  ["2026-11-01T08:59:59.999Z", "empty"],
  ["2026-11-01T09:00:00.000Z", "first"],
  ["2026-11-01T09:45:00Z", "first"],
  ["2026-11-01T12:30:00Z", "early"],
  ["2026-11-01T11:00:00Z", "early"],
  ["2027-01-01T00:00:00Z", "broken"],
])("at %s the branch stood at %s", (instant, name) => {
  expect(commitAt(git, instant)?.id).toBe(name === undefined ? undefined : script.id(name));
});

test("another branch stood elsewhere", () => {
  expect(commitAt(git, "2026-11-01T11:00:00Z", "feature")?.id).toBe(script.id("feature"));
});

test.each([
  ["empty", {}],
  ["first", { [frontend]: "sha-abc1234", [orders]: "v1" }],
  ["merge", { [frontend]: "sha-abc1234", [orders]: "v2" }],
  ["half", { [orders]: "sha-fff0000", [frontend]: "sha-abc1234" }],
  ["broken", { [orders]: "sha-fff0000", [frontend]: "sha-abc1234" }],
])("the pins of %s, with what cannot be read as it was", (name, expected) => {
  const pins = pinsAt(git, "dev", script.id(name));
  expect(Object.fromEntries([...pins].map(([key, { tag }]) => [key, tag]))).toEqual(expected);
});

test("an environment without pins has none", () => {
  expect(pinsAt(git, "staging", "HEAD")).toEqual(new Map());
});

test.each([
  ["first", orders, undefined],
  ["first", frontend, "abc1234"],
  ["merge", orders, "fedcba9"],
  ["half", orders, "fff0000"],
  ["half", frontend, "abc1234"],
  ["merge", "shop/web", undefined],
])("in %s the image of %s was built from %s", (name, key, commit) => {
  expect(sourceCommitOf(git, "dev", key, script.id(name))).toBe(commit);
});

test("a shallow clone is refused, a whole one is not", () => {
  expect(() => {
    requireWholeClone(git);
  }).not.toThrow();
  const shallow = join(script.folder, "shallow");
  execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${script.folder}`, shallow]);
  expect(
    caught(() => {
      requireWholeClone(GitRepository.open(shallow));
    }),
  ).toBe(
    "this clone is shallow: its history ends before the beginning\n" +
      "hint: git fetch --unshallow; in GitHub Actions check out with `fetch-depth: 0`, in GitLab CI set GIT_DEPTH to 0",
  );
});
