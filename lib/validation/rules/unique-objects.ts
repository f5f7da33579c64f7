import { groupKind, objectName, type Manifest } from "../../manifest/manifest.ts";
import { ownerName } from "../../manifest/owner-name.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

/** Two Applications that apply one object undo each other for ever, and whichever is pruned takes the object with it. */
export const uniqueObjects: Rule = {
  id: "unique-objects",
  severity: "error",
  title: "No two definitions make the same object on one cluster.",
  check: findDuplicates,
};

function findDuplicates(facts: RepositoryFacts): Finding[] {
  // `facts.find` keeps the first of a name and leaves out what ApplicationSets will make
  const firsts = new Map<string, Manifest>();
  const findings: Finding[] = [];
  for (const manifest of facts.manifests) {
    const { document } = manifest;
    const key = `${placeOf(manifest)} ${groupKind(document)} ${document.metadata.name}`;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, manifest);
    else findings.push(duplicate(first, manifest));
  }
  return findings;
}

function duplicate(first: Manifest, second: Manifest): Finding {
  const owners = [ownerName(first.owner), ownerName(second.owner)] as const;
  const makers = owners[0] === owners[1] ? `both times by ${owners[0]}` : `by ${owners[0]} and by ${owners[1]}`;
  return {
    message: `${objectName(second.document)} is made twice, ${makers}`,
    hint: "take one of the two out, or give it another name",
    manifest: second,
  };
}
