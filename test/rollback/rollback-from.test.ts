import { afterEach, expect, test } from "@jest/globals";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { deliveryFacts } from "../../lib/history/delivery-facts.ts";
import { pinHistory } from "../../lib/history/pin-history.ts";
import { ImageReference } from "../../lib/image/image-reference.ts";
import { rollbackFrom } from "../../lib/rollback/rollback-from.ts";
import { type ScriptedCommit, ScriptedHistory } from "../support/scripted-history.ts";

let history: ScriptedHistory | undefined;
afterEach(() => {
  history?.remove();
});

const orders = "shop/orders";
const digest = `@sha256:${"2".repeat(64)}`;
const set = (tag: string | undefined, message = `deploy: orders ${tag ?? "none"} to dev`): ScriptedCommit => ({
  pins: { dev: { [orders]: tag === undefined ? undefined : `orders:${tag}` } },
  message,
});

/** The subject of the commit that took `v2` back. */
function takenBack(script: readonly ScriptedCommit[], image = `v2${digest}`): string | undefined {
  history = new ScriptedHistory(script);
  const moves = pinHistory(GitRepository.open(history.folder), "dev").filter(({ key }) => key === orders);
  const isRollback = (commit: Parameters<typeof deliveryFacts>[0]): boolean => deliveryFacts(commit).action === "rollback";
  return rollbackFrom(ImageReference.parse(`ghcr.io/acme/orders:${image}`), moves, isRollback)?.origin.subject;
}

const bad = set(`sha-bbbbbb2${digest}`);
const back = set("v1", "rollback: orders to v1");

test.each<[string, readonly ScriptedCommit[], string | undefined]>([
  ["never ran", [set("v1")], undefined],
  ["runs", [set("v1"), bad], undefined],
  ["was followed by a newer one", [set("v1"), bad, set("v3")], undefined],
  ["was rolled back from, by whatever tag", [set("v1"), bad, back], "rollback: orders to v1"],
  ["was reverted by hand", [set("v1"), bad, set("v1", "Revert it")], "Revert it"],
  ["was rolled back from, and another came since", [set("v1"), bad, back, set("v3")], "rollback: orders to v1"],
  ["was put forward again since", [set("v1"), bad, back, bad, set("v3")], undefined],
  ["was passed over only", [set("v1"), bad, set("v3"), back], undefined],
  ["was rolled back from, and the pin is gone", [set("v1"), bad, back, set(undefined)], "rollback: orders to v1"],
  ["has no history", [{ files: { "readme.md": "" } }], undefined],
])("an image that %s", (_, script, subject) => {
  expect(takenBack(script)).toBe(subject);
});
