import { secretMakings } from "../../manifest/made-secrets.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { ownerName } from "../../manifest/owner-name.ts";
import { placeOf, type DuplicateFact, type RepositoryFacts } from "../../manifest/repository-facts.ts";
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
  check: (facts) => [...facts.duplicates.map(duplicate), ...findSharedSecrets(facts)],
};

/** Secrets that two objects make, each over the other; certificates are left out, which several Ingresses may well share. */
function findSharedSecrets(facts: RepositoryFacts): Finding[] {
  const first = new Map<string, Manifest>();
  const findings: Finding[] = [];
  for (const { manifest, name, adds } of secretMakings(facts)) {
    const { kind } = manifest.document;
    if (adds || kind === "Ingress" || kind === "Certificate" || manifest.owner.scope === "expanded") continue;
    const key = `${placeOf(manifest)} ${name}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, manifest);
    // two manifests of one object are told above
    else if (objectName(other.document) !== objectName(manifest.document)) {
      findings.push({
        message: `${objectName(manifest.document)} makes Secret '${name}', as ${objectName(other.document)} does`,
        hint: "take one of the two out, or let it make a Secret of another name",
        manifest,
      });
    }
  }
  return findings;
}

function duplicate({ first, second }: DuplicateFact): Finding {
  const [one, other] = [ownerName(first.owner), ownerName(second.owner)];
  return {
    message: `${objectName(second.document)} is made twice, ${one === other ? `both times by ${one}` : `by ${one} and by ${other}`}`,
    hint: "take one of the two out, or give it another name",
    manifest: second,
  };
}
