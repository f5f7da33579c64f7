import { afterEach, expect, test } from "@jest/globals";
import type { Io } from "../../../lib/cli/io.ts";
import type { GoingBack, RollbackPlan } from "../../../lib/cli/rollback/plan-rollback.ts";
import { printCandidates, printGoing } from "../../../lib/cli/rollback/print-rollback.ts";
import { candidatesOf } from "../../../lib/cli/rollback/rollback-facts.ts";
import type { RollbackScope } from "../../../lib/cli/rollback/rollback-scope.ts";
import { GitRepository } from "../../../lib/git/git-repository.ts";
import { pinsAt } from "../../../lib/history/pins-at.ts";
import { pickCandidate } from "../../../lib/rollback/pick-candidate.ts";
import { movesTo } from "../../../lib/rollback/pin-moves-to.ts";
import { type ScriptedCommit, ScriptedHistory } from "../../support/scripted-history.ts";

let history: ScriptedHistory | undefined;
afterEach(() => {
  history?.remove();
});

const [stable, canary] = ["shop/orders", "shop/orders@canary"];
const named = { name: "orders" };
const scope = {
  system: { name: "shop" },
  environment: { name: "dev" },
  service: named,
  services: [named],
  owns: (key: string) => key.startsWith(stable),
} as unknown as RollbackScope;

/** What is printed of a rollback of `shop/orders` in dev, with commits by the names of the script. */
function printed(script: readonly ScriptedCommit[]): string {
  const told = (history = new ScriptedHistory(script));
  const git = GitRepository.open(told.folder);
  const pins = new Map([...pinsAt(git, "dev", "HEAD")].filter(([key]) => scope.owns(key)));
  const candidates = candidatesOf(git, scope, pins, { observations: [], applications: [] });
  const picked = pickCandidate(candidates.candidates);
  const target = picked && { pins: picked.candidate.pins, commit: picked.candidate.lastCommit, ...picked };
  const going: GoingBack | undefined = target && {
    ...movesTo(target.pins, pins),
    target,
    version: picked.candidate.version,
    warnings: [],
    hold: undefined,
    passed: [],
    reverted: undefined,
  };
  let text = "";
  const io = { color: false, terminal: false, stdout: (part: string) => (text += part) } as unknown as Io;
  const plan: RollbackPlan = { ...candidates, pins, going, verdict: undefined };
  printCandidates(plan, scope, io);
  if (going !== undefined) printGoing(going, scope, io);
  const names = script.flatMap(({ as }) => (as === undefined ? [] : [as]));
  return names.reduce((rest, name) => rest.replaceAll(told.id(name).slice(0, 7), name.padEnd(7)), text);
}

test("the commit of a row is the one that brought the version, not the last one that held it", () => {
  const text = printed([
    { as: "first", pins: { dev: { [stable]: "orders:v1" } }, message: "deploy: orders v1 to dev", by: "Bob" },
    { as: "other", pins: { dev: { "shop/billing": "billing:v7" } }, message: "deploy: billing v7 to dev" },
    { as: "second", pins: { dev: { [stable]: "orders:v2" } }, message: "deploy: orders v2 to dev" },
  ]);
  expect(text).toContain(
    "> 1      v1       2026-11-01T08:00:00Z  2026-11-01T08:02:00Z  Bob  first    -         deploy: orders v1 to dev\n",
  );
});

test("a canary that goes on with the version that goes away is named", () => {
  const text = printed([
    { pins: { dev: { [stable]: "orders:v1", [canary]: "orders:v1" } } },
    { pins: { dev: { [canary]: "orders:v2" } } },
    { pins: { dev: { [stable]: "orders:v2" } } },
  ]);
  expect(text).toContain(`  ${stable}: ghcr.io/acme/orders:v2 → ghcr.io/acme/orders:v1
  ${canary} still runs the version that goes away: it did then too
`);
});

test("a pin that is new is why there is nothing to go back to", () => {
  const text = printed([{ pins: { dev: { [stable]: "orders:v1" } } }, { pins: { dev: { [canary]: "orders:v2" } } }]);
  expect(text).toContain("what ran before differs in pins that were added since, and a rollback leaves those\n");
});
