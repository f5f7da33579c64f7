import { fieldsOf } from "../../manifest/fields-of.ts";
import { concerns, hidesReplicas, ignoredDifferencesOf } from "../../manifest/ignored-difference.ts";
import { groupKind, objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

interface ScaleTarget {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly name?: unknown;
}

/** Git and an autoscaler that both say how many replicas there are undo each other. */
export const autoscaledReplicas: Rule = {
  id: "autoscaled-replicas",
  severity: "error",
  subject: "argocd",
  title: "No workload that an autoscaler scales says how many replicas it has.",
  reason: "Every sync sets the number back, and with self-heal Argo CD and the autoscaler undo each other for ever.",
  fix: "Leave replicas out, or out of the comparison and of syncs by ignoreDifferences.",
  needs: "manifests",
  check: (facts) => facts.ofKind("autoscaling/HorizontalPodAutoscaler").flatMap((autoscaler) => findingOf(facts, autoscaler) ?? []),
};

function findingOf(facts: RepositoryFacts, autoscaler: Manifest): Finding | undefined {
  const { scaleTargetRef } = fieldsOf(autoscaler.document.spec as { readonly scaleTargetRef?: ScaleTarget } | undefined);
  const { apiVersion, kind, name } = fieldsOf(scaleTargetRef);
  if (typeof apiVersion !== "string" || typeof kind !== "string" || typeof name !== "string") return undefined;
  const target = facts.find(placeOf(autoscaler), groupKind({ apiVersion, kind }), name);
  if (target === undefined) return undefined;
  const { replicas } = fieldsOf(target.document.spec as { readonly replicas?: number } | undefined);
  if (replicas === undefined || isIgnored(facts, target)) return undefined;
  return {
    message: `${objectName(target.document)} says replicas: ${replicas}, but ${objectName(autoscaler.document)} scales it`,
    hint: "leave replicas out: minReplicas of the autoscaler is what it starts with",
    manifest: target,
  };
}

function isIgnored(facts: RepositoryFacts, target: Manifest): boolean {
  const application = facts.deliveries?.of(target)?.application.document;
  return (
    application !== undefined && ignoredDifferencesOf(application).some((entry) => hidesReplicas(entry) && concerns(entry, target.document))
  );
}
