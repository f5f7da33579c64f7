import { effectiveSyncOption } from "../../manifest/effective-sync-option.ts";
import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

/** What takes data with it. */
const holdingKinds = [
  "Namespace",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "apps/StatefulSet",
] as const;

/** What takes everything that it delivers with it. */
const deliveringKinds = ["argoproj.io/Application", "argoproj.io/ApplicationSet"] as const;

const options = ["Prune", "Delete"] as const;

/** A line deleted in a definition must not delete data. */
export const pruneProtection: Rule = {
  id: "prune-protection",
  severity: "error",
  subject: "argocd",
  title: "What holds data, or delivers production, is pruned and deleted after a confirmation only, or never.",
  reason: "A line deleted in a definition, or an Application deleted by hand, takes the object and everything in it away.",
  fix: "Give it the annotation argocd.argoproj.io/sync-options: Prune=confirm,Delete=confirm.",
  needs: "definitions",
  check: (facts) =>
    [
      ...holdingKinds.flatMap((kind) => facts.ofKind(kind)).filter(holdsData),
      ...deliveringKinds.flatMap((kind) => facts.ofKind(kind)).filter((manifest) => deliversProduction(facts, manifest)),
    ].flatMap((manifest) => findingOf(facts, manifest) ?? []),
};

function holdsData({ document }: Manifest): boolean {
  if (document.kind !== "StatefulSet") return true;
  const spec = fieldsOf(document.spec as { readonly volumeClaimTemplates?: readonly object[] } | undefined);
  return entriesOf(spec.volumeClaimTemplates).length > 0;
}

/** Sets deliver to any environment; roots have no finalizer, and what they hold protects itself. */
function deliversProduction(facts: RepositoryFacts, { owner, document }: Manifest): boolean {
  if (owner.scope === "control-plane") return document.kind === "ApplicationSet";
  return owner.scope === "delivery" && facts.definitions?.isProduction(owner) === true;
}

function findingOf(facts: RepositoryFacts, manifest: Manifest): Finding | undefined {
  const delivery = facts.deliveries?.of(manifest);
  if (delivery === undefined) return undefined;
  const lacking = options.filter((option) => {
    const value = effectiveSyncOption(option, manifest.document, delivery.application.document);
    return value !== "false" && value !== "confirm";
  });
  if (lacking.length === 0) return undefined;
  const done = lacking.map((option) => (option === "Prune" ? "pruned" : "deleted with its Application")).join(" and ");
  return {
    message: `${objectName(manifest.document)} is ${done} without a question`,
    hint: `add ${lacking.map((option) => `${option}=confirm`).join(",")} to its annotation argocd.argoproj.io/sync-options`,
    manifest,
  };
}
