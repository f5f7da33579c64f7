import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { groupKind, objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { meteredResources, type MetricDocument } from "../autoscaling/metered-resources.ts";
import { Requests } from "../autoscaling/requests.ts";
import { missingHint } from "../missing-hint.ts";
import type { Finding, Rule } from "../rule.ts";

/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/#HorizontalPodAutoscalerSpec */
interface AutoscalerSpec {
  readonly scaleTargetRef?: Target;
  readonly metrics?: readonly MetricDocument[];
}

interface Target {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly name?: unknown;
}

/** What an autoscaler scales: its kind with the group, its name and the place of both. */
interface FullTarget {
  readonly kind: string;
  readonly name: string;
  readonly place: string;
}

/** Built-in kinds that have a number of replicas. */
const scalable: readonly string[] = ["apps/Deployment", "apps/StatefulSet", "apps/ReplicaSet", "ReplicationController"];

/** Groups whose other kinds have none; what a custom resource has is its own matter. */
const builtIn: ReadonlySet<string> = new Set(["apps", "batch", "extensions"]);

/** An autoscaler that finds no target, or no metrics, never scales, and says so in its conditions only. */
export const autoscalerTarget: Rule = {
  id: "autoscaler-target",
  severity: "error",
  subject: "references",
  title: "Every autoscaler has a target of its own that it can scale and measure.",
  reason: "An autoscaler that finds no target, or no requests to measure by, never scales, and says so in its conditions only.",
  fix: "Mend the target or the requests, or take the autoscaler away.",
  needs: "manifests",
  check(facts) {
    const requests = new Requests(facts);
    const first = new Map<Manifest, Manifest>();
    return facts.ofKind("autoscaling/HorizontalPodAutoscaler").flatMap((autoscaler) => targetFindings(facts, autoscaler, requests, first));
  },
};

function specOf({ document }: Manifest): AutoscalerSpec {
  return fieldsOf(document.spec as AutoscalerSpec | undefined);
}

function targetFindings(facts: RepositoryFacts, autoscaler: Manifest, requests: Requests, first: Map<Manifest, Manifest>): Finding[] {
  const reference = fieldsOf(specOf(autoscaler).scaleTargetRef);
  const [apiVersion, kind, name] = [textOf(reference.apiVersion), textOf(reference.kind), textOf(reference.name)];
  const target: FullTarget = { kind: groupKind({ apiVersion, kind }), name, place: placeOf(autoscaler) };
  // one without a group is refused: the rule of formats says so
  if (!target.kind.includes("/") && kind !== "ReplicationController") return [];
  const unscalable = unscalableFinding(autoscaler, target, apiVersion);
  if (unscalable !== undefined) return [unscalable];
  const found = facts.find(target.place, target.kind, name);
  if (found === undefined) return requests.knows(target.place) ? [missingFinding(facts, autoscaler, target)] : [];
  const other = first.get(found);
  if (other !== undefined) return [sharedFinding(autoscaler, other, target)];
  first.set(found, autoscaler);
  return requestFindings(autoscaler, found, requests);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function unscalableFinding(autoscaler: Manifest, { kind, name }: FullTarget, apiVersion: string): Finding | undefined {
  const slash = kind.indexOf("/");
  if (scalable.includes(kind) || !builtIn.has(kind.slice(0, Math.max(slash, 0)))) return undefined;
  const right = scalable.find((known) => known.endsWith(`/${kind.slice(slash + 1)}`));
  const message = `${objectName(autoscaler.document)} scales ${kind.slice(slash + 1)} '${name}' of apiVersion '${apiVersion}', which cannot be scaled`;
  const hint = right === undefined ? "an autoscaler is for a Deployment or a StatefulSet" : "write apiVersion: apps/v1";
  return { message, hint, manifest: autoscaler };
}

function sharedFinding(autoscaler: Manifest, other: Manifest, { kind, name }: FullTarget): Finding {
  return {
    message: `${objectName(autoscaler.document)} scales ${kind.slice(kind.indexOf("/") + 1)} '${name}', as ${objectName(other.document)} does`,
    hint: "put the metrics of both into one autoscaler: it takes the highest answer",
    manifest: autoscaler,
  };
}

function missingFinding(facts: RepositoryFacts, autoscaler: Manifest, { kind, name, place }: FullTarget): Finding {
  const { namespace = "" } = autoscaler.document.metadata;
  return {
    message: `${objectName(autoscaler.document)} scales ${kind.slice(kind.indexOf("/") + 1)} '${name}', which nothing makes in '${namespace}'`,
    hint: missingHint("render it beside the autoscaler", name, facts.namesIn(place, kind)),
    manifest: autoscaler,
  };
}

function requestFindings(autoscaler: Manifest, target: Manifest, requests: Requests): Finding[] {
  const findings: Finding[] = [];
  const { metrics } = specOf(autoscaler);
  for (const { resource, container } of meteredResources(autoscaler.document, entriesOf<MetricDocument>(metrics))) {
    const missing = requests.missingIn(target, resource, container);
    if (missing === undefined) continue;
    findings.push({
      message: `${objectName(autoscaler.document)} measures ${resource} against requests, but ${objectName(target.document)} has none for ${missing}`,
      hint: `say resources.requests.${resource} of every container that is measured`,
      manifest: autoscaler,
    });
  }
  return findings;
}
