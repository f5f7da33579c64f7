import { effectiveSyncOption } from "../../manifest/effective-sync-option.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding, Rule } from "../rule.ts";

/** What the API server takes as annotations of one object, in bytes: a client-side apply writes the whole object into one. */
const mostBytes = 262_144;

/** Kinds that never grow that long, and of which there are thousands. */
const smallKinds: ReadonlySet<string> = new Set([
  "LimitRange",
  "Namespace",
  "PersistentVolumeClaim",
  "ResourceQuota",
  "Service",
  "ServiceAccount",
  "apps/Deployment",
  "apps/StatefulSet",
  "argoproj.io/AppProject",
  "argoproj.io/Application",
  "autoscaling/HorizontalPodAutoscaler",
  "batch/CronJob",
  "batch/Job",
  "external-secrets.io/ExternalSecret",
  "gateway.networking.k8s.io/HTTPRoute",
  "monitoring.coreos.com/ServiceMonitor",
  "networking.k8s.io/Ingress",
  "networking.k8s.io/NetworkPolicy",
  "policy/PodDisruptionBudget",
]);

/** What is longer than an annotation may be can be applied on the server only. */
export const largeCrd: Rule = {
  id: "large-crd",
  severity: "error",
  subject: "argocd",
  title: "What is longer than 262144 bytes, such as a large CustomResourceDefinition, is applied on the server.",
  reason:
    "A client-side apply writes the whole object into an annotation, and the API server refuses annotations of more than 262144 bytes.",
  fix: "Give the object, or its Application, the sync option ServerSideApply=true.",
  needs: "manifests",
  check: (facts) =>
    [...facts.kinds].flatMap(([kind, manifests]) =>
      smallKinds.has(kind) ? [] : manifests.flatMap((manifest) => findingOf(facts, manifest) ?? []),
    ),
};

function findingOf(facts: RepositoryFacts, manifest: Manifest): Finding | undefined {
  const { document } = manifest;
  // a character has at most three bytes for each code unit: what is shorter than a third needs no measuring
  if (textLength(document, mostBytes / 3) < mostBytes / 3) return undefined;
  const bytes = Buffer.byteLength(JSON.stringify(document));
  if (bytes <= mostBytes) return undefined;
  const application = facts.deliveries?.of(manifest)?.application.document;
  const isOn = (option: "ServerSideApply" | "Replace"): boolean => effectiveSyncOption(option, document, application) === "true";
  // replacing writes no annotation either
  if (isOn("ServerSideApply") || isOn("Replace")) return undefined;
  const finding = {
    message: `${objectName(document)} has ${bytes} bytes, more than the ${mostBytes} that a client-side apply can write into its annotation`,
    hint: "give it the annotation argocd.argoproj.io/sync-options: ServerSideApply=true",
    manifest,
  };
  // how plain manifests are applied nobody here knows
  return facts.definitions === undefined ? asWarning(finding) : finding;
}

/** How long a value is as JSON, about, in code units; counting ends at `most`. */
function textLength(value: unknown, most: number): number {
  if (typeof value === "string") return value.length + 3;
  if (typeof value !== "object" || value === null) return 6;
  let length = 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      length += textLength(item, most - length);
      if (length >= most) break;
    }
    return length;
  }
  for (const key in value) {
    length += key.length + 3 + textLength((value as Readonly<Record<string, unknown>>)[key], most - length);
    if (length >= most) break;
  }
  return length;
}
