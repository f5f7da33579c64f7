import { containerResources, type ContainerResources } from "../../manifest/container-resources.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { noImage } from "../../manifest/no-image.ts";
import { type PodCount, PodCounts } from "../../manifest/pod-counts.ts";
import { spreadingOf } from "../../manifest/pod-spreading.ts";
import { parseQuantity } from "../../manifest/quantity.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import { type SecuredContainer, securedPod } from "../../manifest/secured-pod.ts";
import { lonePod } from "../rollout/lone-pod.ts";
import { lostRestraints, sharedWithNode } from "./lost-rights.ts";

const probes = ["livenessProbe", "readinessProbe", "startupProbe"] as const;

/** In what a workload is weaker than the same workload elsewhere, each as a few words. */
export function weakerWorkload(
  facts: RepositoryFacts,
  here: WorkloadFact,
  there: WorkloadFact,
  budgeted: ReadonlySet<WorkloadFact>,
): string[] {
  const differences = fewerPods(facts, here, there);
  if (budgeted.has(there) && !budgeted.has(here)) differences.push("no PodDisruptionBudget");
  if (spreadingOf(there.template).length > 0 && spreadingOf(here.template).length === 0)
    differences.push("nothing that keeps its Pods apart");
  return [...differences, ...weakerContainers(here, there)];
}

function fewerPods(facts: RepositoryFacts, workload: WorkloadFact, other: WorkloadFact): string[] {
  const counts = PodCounts.in(facts);
  const [here, there] = [counts.of(workload), counts.of(other)];
  if (here === undefined || there === undefined) return [];
  const differences: string[] = [];
  // one Pod of which all depends is for single-replica to report
  if (here.count < there.count && lonePod(facts, workload) === undefined)
    differences.push(`${here.count} ${here.count === 1 ? "Pod" : "Pods"} instead of ${there.count}`);
  if (there.autoscaler !== undefined && here.autoscaler === undefined) differences.push("no HorizontalPodAutoscaler");
  const [most, theirs] = [mostOf(here), mostOf(there)];
  if (most !== undefined && theirs !== undefined && most < theirs) differences.push(`at most ${most} Pods instead of ${theirs}`);
  return differences;
}

function mostOf({ autoscaler }: PodCount): number | undefined {
  return fieldsOf(autoscaler?.document.spec as { readonly maxReplicas?: number } | undefined).maxReplicas;
}

function weakerContainers(here: WorkloadFact, there: WorkloadFact): string[] {
  const [pod, otherPod] = [securedPod(here.template), securedPod(there.template)];
  const others = new Map(otherPod.containers.map((container) => [container.name, container]));
  const [resources, otherResources] = [resourcesByName(here), resourcesByName(there)];
  const differences: string[] = sharedWithNode(pod, otherPod);
  for (const container of pod.containers) {
    const other = others.get(container.name);
    if (other === undefined) continue;
    const lost = [
      ...fewerResources(resources.get(container.name), otherResources.get(container.name)),
      ...probes.filter((probe) => other[probe] !== undefined && container[probe] === undefined).map((probe) => `without ${probe}`),
      ...lostRestraints(pod, container, otherPod, other),
      ...(hasDigest(other) && !hasDigest(container) && container.image !== noImage ? ["with an image without a digest"] : []),
    ];
    if (lost.length > 0) differences.push(`container '${container.name}' ${lost.join(", ")}`);
  }
  return differences;
}

function resourcesByName({ template }: WorkloadFact): ReadonlyMap<string, ContainerResources> {
  return new Map(containerResources(template.spec).map((container) => [container.name, container]));
}

/** A request that is missing is weaker, a limit that is missing is not. */
function fewerResources(here: ContainerResources | undefined, there: ContainerResources | undefined): string[] {
  if (here === undefined || there === undefined) return [];
  return (["requests", "limits"] as const).flatMap((kind) =>
    Object.entries(there[kind]).flatMap(([resource, amount]) => {
      const own = here[kind][resource];
      if (own === undefined) return kind === "requests" ? [`without requests.${resource}`] : [];
      const [mine, theirs] = [parseQuantity(own), parseQuantity(amount)];
      return mine !== undefined && theirs !== undefined && mine < theirs ? [`with ${kind}.${resource} ${own} instead of ${amount}`] : [];
    }),
  );
}

function hasDigest({ image }: SecuredContainer): boolean {
  return typeof image === "string" && image.includes("@sha256:");
}
