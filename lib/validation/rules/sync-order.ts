import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeIn, placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { firstStepOf, isBefore, stepName } from "../../manifest/sync-step.ts";
import { lateNeeds } from "../waves/late-needs.ts";
import type { Finding, Rule } from "../rule.ts";

interface DefinitionFields {
  readonly group?: string;
  readonly names?: { readonly kind?: string };
}

/** The next wave waits for the health of the last: what needs something of a later wave waits for ever. */
export const syncOrder: Rule = {
  id: "sync-order",
  severity: "error",
  subject: "argocd",
  title:
    "Inside one Application nothing is applied in an earlier wave than what it needs: its Namespace, its kind's definition, what its Pods read.",
  reason: "The next wave waits until the last is healthy, so that a Pod which waits for something of a later wave stops the sync for ever.",
  fix: "Put what is needed into the same wave, or an earlier one.",
  needs: "definitions",
  check: (facts) => [...namespaceFindings(facts), ...definitionFindings(facts), ...podFindings(facts)],
};

const hint = "put what it needs into the same wave or an earlier one";

function namespaceFindings(facts: RepositoryFacts): Finding[] {
  return facts.ofKind("Namespace").flatMap((namespace) => {
    const place = placeIn(namespace.owner, namespace.document.metadata.name);
    const { manifests = [] } = facts.deliveries?.of(namespace) ?? {};
    for (const manifest of manifests) {
      if (manifest.document.metadata.namespace === undefined || placeOf(manifest) !== place) continue;
      const found = finding(manifest, namespace);
      if (found !== undefined) return [found];
    }
    return [];
  });
}

function definitionFindings(facts: RepositoryFacts): Finding[] {
  return facts.ofKind("apiextensions.k8s.io/CustomResourceDefinition").flatMap((definition) => {
    const { group = "", names } = fieldsOf(definition.document.spec as DefinitionFields | undefined);
    const { kind = "" } = fieldsOf(names);
    const delivery = facts.deliveries?.of(definition);
    return facts
      .ofKind(`${group}/${kind}`)
      .filter((resource) => delivery !== undefined && facts.deliveries?.of(resource) === delivery)
      .flatMap((resource) => finding(resource, definition) ?? []);
  });
}

function podFindings(facts: RepositoryFacts): Finding[] {
  return lateNeeds(facts)
    .filter(({ step }) => step.phase !== "PreSync")
    .flatMap(({ workload, need }) => finding(workload, need) ?? []);
}

function finding(manifest: Manifest, need: Manifest): Finding | undefined {
  const [step, needStep] = [firstStepOf(manifest.document), firstStepOf(need.document)];
  if (step === undefined || needStep === undefined || !isBefore(step, needStep)) return undefined;
  return {
    message: `${objectName(manifest.document)} is applied in ${stepName(step)}, before ${objectName(need.document)} in ${stepName(needStep)}, which it needs`,
    hint,
    manifest,
  };
}
