import { argocdAnnotation } from "../../manifest/argocd-annotations.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

/** Annotations that Argo CD or kubectl writes on what it applied. */
const writtenAnnotations: readonly string[] = [
  argocdAnnotation.trackingId,
  "argocd.argoproj.io/installation-id",
  "kubectl.kubernetes.io/last-applied-configuration",
];

/** Metadata that the API server and controllers write. */
const writtenMetadata: ReadonlySet<string> = new Set([
  "creationTimestamp",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "ownerReferences",
  "resourceVersion",
  "selfLink",
  "uid",
]);

/** The label by which Argo CD's chart tells it to track, and Argo CD's own default. */
const chartInstanceLabel = "argocd.argoproj.io/instance";
const defaultInstanceLabel = "app.kubernetes.io/instance";

/** What a cluster writes on its objects, in a file, is a copy of one cluster's state. */
export const trackingId: Rule = {
  id: "tracking-id",
  severity: "error",
  subject: "argocd",
  title: "No file holds what Argo CD, kubectl or the API server writes on live objects.",
  reason:
    "A tracking id or label hands the object to another Application, which may prune it; a uid or resourceVersion makes the API server refuse it; a status is never applied.",
  fix: "Take it out: what is exported from a cluster is not what a file should say.",
  needs: "manifests",
  check(facts) {
    const labels = trackingLabels(facts);
    return facts.manifests.map((manifest) => findingOf(manifest, labels)).filter((finding) => finding !== undefined);
  },
};

/** Where the repository's own Argo CD tracks by label, its label too. */
function trackingLabels(facts: RepositoryFacts): readonly string[] {
  const labels = new Set([chartInstanceLabel]);
  for (const { document } of facts.ofKind("ConfigMap")) {
    if (document.metadata.name !== "argocd-cm") continue;
    const data = (document.data ?? {}) as Readonly<Record<string, unknown>>;
    const [method, key = defaultInstanceLabel] = [data["application.resourceTrackingMethod"], data["application.instanceLabelKey"]];
    if ((method === "label" || method === "annotation+label") && typeof key === "string") labels.add(key);
  }
  return [...labels];
}

function findingOf(manifest: Manifest, trackingLabels: readonly string[]): Finding | undefined {
  const found = whatIsWritten(manifest.document, trackingLabels);
  if (found.length === 0) return undefined;
  const message = `${objectName(manifest.document)} holds what is written on live objects only: ${found.join(", ")}`;
  return { message, hint: "take it out of the file", manifest };
}

const nothing: readonly string[] = [];

function whatIsWritten(document: Manifest["document"], trackingLabels: readonly string[]): readonly string[] {
  let found = nothing;
  const { annotations, labels } = document.metadata;
  if (annotations !== undefined) {
    for (const key of writtenAnnotations) if (Object.hasOwn(annotations, key)) found = [...found, `annotation '${key}'`];
  }
  if (labels !== undefined) for (const key of trackingLabels) if (Object.hasOwn(labels, key)) found = [...found, `label '${key}'`];
  const metadata = document.metadata as unknown as Readonly<Record<string, unknown>>;
  for (const key in metadata) if (writtenMetadata.has(key) && metadata[key] !== null) found = [...found, `metadata.${key}`];
  return hasStatus(document) ? [...found, "status"] : found;
}

/** Generators write an empty one, and into definitions of kinds an idle one: neither says anything. */
function hasStatus({ kind, status }: Manifest["document"]): boolean {
  return typeof status === "object" && status !== null && kind !== "CustomResourceDefinition" && Object.keys(status).length > 0;
}
