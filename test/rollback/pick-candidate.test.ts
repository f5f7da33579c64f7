import { afterEach, expect, test } from "@jest/globals";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { deliveryFacts } from "../../lib/history/delivery-facts.ts";
import { pinHistory } from "../../lib/history/pin-history.ts";
import { pinsAt } from "../../lib/history/pins-at.ts";
import { type Candidates, rollbackCandidates } from "../../lib/rollback/candidate.ts";
import { pickCandidate } from "../../lib/rollback/pick-candidate.ts";
import type { Pins } from "../../lib/image/pins.ts";
import { type ScriptedCommit, ScriptedHistory } from "../support/scripted-history.ts";

const cleanUp: ScriptedHistory[] = [];
afterEach(() => {
  for (const history of cleanUp.splice(0)) history.remove();
});

/** What was seen of a version: `h` healthy, `d` Degraded, `s` synced, with the hour. */
type Seen = Readonly<Record<string, { readonly h?: string; readonly d?: string; readonly s?: string }>>;

const orders = "shop/orders";
const set = (tag: string, rest: Partial<ScriptedCommit> = {}): ScriptedCommit => ({
  pins: { dev: { [orders]: `orders:${tag}` } },
  ...rest,
});
const rollback = (tag: string): ScriptedCommit => set(tag, { message: `rollback: orders to ${tag}` });
const other = (tag: string): ScriptedCommit => ({
  pins: { dev: { "shop/billing": `billing:${tag}` } },
  message: `deploy: billing ${tag} to dev`,
});

function candidatesOf(
  script: readonly ScriptedCommit[],
  seen: Seen = {},
  owns = (key: string): boolean => key.startsWith(orders),
): Candidates {
  const history = new ScriptedHistory(script);
  cleanUp.push(history);
  const git = GitRepository.open(history.folder);
  const present: Pins = new Map([...pinsAt(git, "dev", "HEAD")].filter(([key]) => owns(key)));
  const moves = pinHistory(git, "dev").filter(({ key }) => owns(key));
  const evidenceOf = (pins: Pins): { healthyAt: string | undefined; degradedAt: string | undefined; syncedAt: string | undefined } => {
    const { h, d, s } = seen[[...pins.values()].map(({ tag }) => tag).join("+")] ?? {};
    return { healthyAt: h, degradedAt: d, syncedAt: s };
  };
  return rollbackCandidates(moves, present, { isRollback: (commit) => deliveryFacts(commit).action === "rollback", evidenceOf });
}

function pickedOf(script: readonly ScriptedCommit[], seen?: Seen): string {
  const picked = pickCandidate(candidatesOf(script, seen).candidates);
  return picked === undefined ? "none" : `${picked.candidate.version}: ${picked.evidence}`;
}

const unseen = "the one before, nobody saw it healthy";
const [eight, nine, ten] = ["2026-11-02T08:00:00Z", "2026-11-02T09:00:00Z", "2026-11-02T10:00:00Z"];

test.each<[string, readonly ScriptedCommit[], Seen, string]>([
  ["one version only", [set("v1")], {}, "none"],
  ["two versions", [set("v1"), set("v2")], {}, `v1: ${unseen}`],
  ["commits of other services in between", [set("v1"), other("b1"), set("v2"), other("b2"), other("b3")], {}, `v1: ${unseen}`],
  [
    "the same in another environment",
    [set("v1"), { pins: { staging: { [orders]: "orders:v9" } } }, set("v2"), { pins: { staging: { [orders]: "orders:v2" } } }],
    {},
    `v1: ${unseen}`,
  ],
  [
    "a merged branch, whose steps never ran",
    [set("v1"), set("v2-rc1", { on: "release" }), set("v2", { on: "release" }), other("b1"), { merge: ["release"] }],
    {},
    `v1: ${unseen}`,
  ],
  ["rolled back once", [set("v1"), set("v2"), set("v3"), rollback("v2")], {}, `v1: ${unseen}`],
  ["rolled back, and nothing older", [set("v1"), set("v2"), rollback("v1")], {}, "none"],
  ["rolled back by git revert", [set("v1"), set("v2"), set("v3"), set("v2", { message: 'Revert "orders v3"' })], {}, `v1: ${unseen}`],
  ["rolled back by hand", [set("v1"), set("v2"), set("v3"), set("v2", { message: "oops" })], {}, `v1: ${unseen}`],
  ["rolled back to what never ran", [set("v1"), set("v2"), rollback("v0")], {}, `v1: ${unseen}`],
  ["rolled back twice", [set("v1"), set("v2"), set("v3"), rollback("v2"), rollback("v1")], {}, "none"],
  ["rolled back over one that was passed over", [set("v1"), set("v2"), set("v3"), set("v4"), rollback("v2")], {}, `v1: ${unseen}`],
  ["released again after a rollback, then a new one", [set("v1"), set("v2"), rollback("v1"), set("v2"), set("v3")], {}, `v2: ${unseen}`],
  ["a rollback that was itself taken back", [set("v1"), set("v2"), rollback("v1"), set("v2")], {}, `v1: ${unseen}`],
  ["a new one after a rollback", [set("v1"), set("v2"), rollback("v1"), set("v3")], {}, `v1: ${unseen}`],
  ["the one before seen healthy", [set("v1"), set("v2")], { v1: { h: eight } }, `v1: seen Synced and Healthy at ${eight}`],
  [
    "only an older one seen healthy",
    [set("v1"), set("v2"), set("v3")],
    { v1: { h: eight } },
    `v1: seen Synced and Healthy at ${eight}; of 1 that came after it nobody knows`,
  ],
  [
    "healthy and Degraded in the same second, on two clusters",
    [set("v1"), set("v2"), set("v3")],
    { v2: { h: nine, d: nine } },
    "v1: 2 steps back, nobody saw it healthy",
  ],
  [
    "healthy, then Degraded",
    [set("v1"), set("v2"), set("v3")],
    { v1: { h: eight }, v2: { h: nine, d: ten } },
    `v1: seen Synced and Healthy at ${eight}`,
  ],
  ["Degraded, then healthy", [set("v1"), set("v2"), set("v3")], { v2: { h: ten, d: nine } }, `v2: seen Synced and Healthy at ${ten}`],
  ["Degraded and nothing else seen", [set("v1"), set("v2"), set("v3")], { v2: { d: nine } }, "v1: 2 steps back, nobody saw it healthy"],
  ["all Degraded", [set("v1"), set("v2")], { v1: { d: nine } }, "none"],
  [
    "healthy, but rolled back from",
    [set("v1"), set("v2"), set("v3"), rollback("v2")],
    { v3: { h: ten }, v1: { h: eight } },
    `v1: seen Synced and Healthy at ${eight}`,
  ],
  ["only the present seen healthy", [set("v1"), set("v2")], { v2: { h: ten } }, `v1: ${unseen}`],
  [
    "one that Argo CD never synced before one that it did",
    [set("v1"), set("v2"), set("v3")],
    { v1: { s: eight } },
    `v1: 2 steps back, synced at ${eight}, nobody saw it healthy`,
  ],
  [
    "another tag for the same digest",
    [set("v1"), set(`v2@sha256:${"2".repeat(64)}`), set(`v3@sha256:${"3".repeat(64)}`), set(`release-3@sha256:${"3".repeat(64)}`)],
    {},
    `v2: ${unseen}`,
  ],
  ["taken away and put back", [set("v1"), set("v2"), { pins: { dev: { [orders]: undefined } } }, set("v2")], {}, `v1: ${unseen}`],
])("%s", (_, script, seen, picked) => {
  expect(pickedOf(script, seen)).toBe(picked);
});

test("candidates are told by steps, each state once, with what speaks against it", () => {
  const { candidates, present } = candidatesOf([set("v1"), set("v2"), set("v3"), set("v4"), rollback("v2"), set("v5")]);
  expect(candidates.map(({ steps, version, avoided }) => [steps, version, avoided?.kind])).toEqual([
    [1, "v2", undefined],
    [2, "v4", "rolled-back"],
    [3, "v3", "passed-over"],
    [4, "v1", undefined],
  ]);
  expect(present?.moves.map(({ to }) => to?.tag)).toEqual(["v5"]);
});

test("a digest that got another tag is one version, called by its last tag, since it first ran", () => {
  const image = `@sha256:${"2".repeat(64)}`;
  const { candidates } = candidatesOf([set("v1"), set(`v2${image}`, { as: "first" }), set(`release-2${image}`), other("b1"), set("v3")]);
  const [history] = cleanUp;
  expect(candidates.map(({ version, period, lastCommit }) => [version, period.since.id, lastCommit])).toEqual([
    ["release-2", history?.id("first"), history?.git("rev-parse", "HEAD~1").trim()],
    ["v1", expect.anything(), expect.anything()],
  ]);
});

test("a set and its tracks go back as a whole; pins that came later stay, pins that are gone are left out", () => {
  const pins = (entries: Readonly<Record<string, string | undefined>>): ScriptedCommit => ({ pins: { dev: entries } });
  const { candidates } = candidatesOf(
    [
      pins({ "shop/orders": "orders:v1", "shop/model": "model:m1", "shop/orders:legacy": "legacy:l1" }),
      pins({ "shop/orders:legacy": undefined }),
      pins({ "shop/orders@canary": "orders:v1" }),
      pins({ "shop/orders@canary": "orders:v2", "shop/model": "model:m2" }),
      pins({ "shop/orders": "orders:v2" }),
    ],
    {},
    (key) => key.startsWith("shop/"),
  );
  const texts = candidates.map(({ steps, version, pins: held }) => [steps, version, [...held.keys()].sort()]);
  const all = ["shop/model", "shop/orders", "shop/orders@canary"];
  expect(texts).toEqual([
    [1, "model m2, orders v1, orders@canary v2", all],
    [2, "model m1, orders v1, orders@canary v1", all],
    [3, "model m1, orders v1", ["shop/model", "shop/orders"]],
  ]);
});
