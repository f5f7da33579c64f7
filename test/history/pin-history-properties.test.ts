import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { pinHistory } from "../../lib/history/pin-history.ts";
import { pinsAt } from "../../lib/history/pins-at.ts";
import { type ScriptedCommit, ScriptedHistory } from "../support/scripted-history.ts";

const keys = ["shop/frontend", "shop/frontend@canary", "shop/order-service"];
const branches = ["main", "one", "two"];

/** Sets (or takes away) some pins, or merges; what a commit sets is tagged with its own number, so that the writer of every value is known. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ on: fc.constantFrom(...branches), sets: fc.subarray(keys, { minLength: 1 }), removes: fc.subarray(keys) }),
  },
  { weight: 2, arbitrary: fc.record({ on: fc.constantFrom(...branches), merge: fc.subarray(branches, { minLength: 1 }) }) },
);

function scriptOf(steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]): ScriptedCommit[] {
  const known = new Set(["main"]);
  return [
    { message: "first", files: { "README.md": "shop\n" } },
    ...steps.map((entry, index): ScriptedCommit => {
      const message = `c${index}`;
      const { on } = entry;
      const merge = "merge" in entry ? entry.merge.filter((branch) => branch !== on && known.has(branch)) : [];
      known.add(on);
      if (merge.length > 0) return { on, message, merge };
      if (!("sets" in entry)) return { on, message, files: { [`notes/${message}`]: "x\n" } };
      const pins: Record<string, string | undefined> = {};
      for (const key of entry.removes) pins[key] = undefined;
      for (const key of entry.sets) pins[key] = `app:${message}`;
      return { on, message, pins: { dev: pins } };
    }),
  ];
}

test("moves told one after the other make every state that the branch had, and each value was written by its writer", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      const script = new ScriptedHistory(scriptOf(steps));
      try {
        const git = GitRepository.open(script.folder);
        const moves = pinHistory(git, "dev").reverse();
        const middle = moves[Math.floor(moves.length / 2)]?.commit.id;
        if (middle !== undefined) {
          // told from what is known already, and from scratch
          expect(pinHistory(git, "dev", middle)).toEqual(pinHistory(GitRepository.open(script.folder), "dev", middle));
        }
        const pins = new Map<string, string>();
        for (const { id } of git.log("HEAD", { firstParent: true }).reverse()) {
          for (const { key, from, to, commit, origin } of moves.filter((move) => move.commit.id === id)) {
            expect([commit.id, from?.toString()]).toEqual([id, pins.get(key)]);
            if (to === undefined) pins.delete(key);
            else {
              pins.set(key, to.toString());
              expect(origin.subject).toBe(to.tag);
            }
          }
          expect(new Map([...pinsAt(git, "dev", id)].map(([key, pin]) => [key, pin.toString()]))).toEqual(pins);
        }
      } finally {
        script.remove();
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);
