import { objectName } from "../../manifest/manifest.ts";
import { ownerName } from "../../manifest/owner-name.ts";
import type { DuplicateFact } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

/** Two Applications that apply one object undo each other for ever, and whichever is pruned takes the object with it. */
export const uniqueObjects: Rule = {
  id: "unique-objects",
  severity: "error",
  subject: "references",
  title: "No two definitions make the same object on one cluster.",
  reason: "Two files of one object are applied one after the other, for ever.",
  fix: "Give one of them another name, or take it out.",
  needs: "manifests",
  check: (facts) => facts.duplicates.map(duplicate),
};

function duplicate({ first, second }: DuplicateFact): Finding {
  const [one, other] = [ownerName(first.owner), ownerName(second.owner)];
  return {
    message: `${objectName(second.document)} is made twice, ${one === other ? `both times by ${one}` : `by ${one} and by ${other}`}`,
    hint: "take one of the two out, or give it another name",
    manifest: second,
  };
}
