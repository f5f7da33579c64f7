import { containerResources, podRequests, type ContainerResources, type WrittenAmounts } from "../../manifest/container-resources.ts";
import { objectName } from "../../manifest/manifest.ts";
import { parseQuantity } from "../../manifest/quantity.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import { type ContainerRange, containerRanges } from "../resources/container-range.ts";
import { findFullQuotas, type Quota, quotasByPlace } from "../resources/quotas.ts";
import { requestedResources } from "../resources/requested-resources.ts";
import type { Finding, Rule } from "../rule.ts";

/** A container without requests is placed blindly and evicted first. */
export const resources: Rule = {
  id: "resources",
  severity: "error",
  subject: "availability",
  title: "Every container requests cpu and memory, within its limits and within what its namespace allows.",
  reason:
    "A Pod without requests is placed as if it cost nothing, and is the first to be evicted; one outside of its limits, LimitRange or ResourceQuota is refused.",
  fix: "Say resources of the service, or containerDefaults and quota of the system's namespace.",
  needs: "manifests",
  check: findResources,
};

function findResources(facts: RepositoryFacts): Finding[] {
  const ranges = containerRanges(facts);
  const quotas = quotasByPlace(facts);
  const findings: Finding[] = [];
  for (const workload of facts.workloads) {
    const { place, template } = workload;
    const range = ranges.get(place);
    const forPod = podRequests(template.spec);
    for (const container of containerResources(template.spec)) {
      if (facts.declares(place)) findings.push(...missing(workload, container, forPod, range, quotas.get(place) ?? []));
      findings.push(...outOfBounds(workload, container, range));
    }
  }
  return [...findings, ...findFullQuotas(facts, quotas, ranges)];
}

/** What a container does not say, where nobody says it for the container either. */
function missing(
  { manifest }: WorkloadFact,
  { name, requests, limits }: ContainerResources,
  forPod: WrittenAmounts,
  range: ContainerRange | undefined,
  quotas: readonly Quota[],
): Finding[] {
  const findings: Finding[] = [];
  const without = requestedResources.filter(
    (resource) => (requests[resource] ?? limits[resource] ?? forPod[resource] ?? range?.defaultRequests[resource]) === undefined,
  );
  if (without.length > 0) {
    findings.push({
      message: `${objectName(manifest.document)} does not say how much ${without.join(" and ")} its container '${name}' requests`,
      hint: 'say it under resources of the container: { requests: { cpu: "100m", memory: "128Mi" } }',
      manifest,
    });
  }
  for (const { manifest: quota, terms } of quotas) {
    for (const [key, { kind, resource }] of terms) {
      if (kind === "requests" || (limits[resource] ?? range?.defaultLimits[resource]) !== undefined) continue;
      findings.push({
        message: `${objectName(manifest.document)} does not limit the ${resource} of its container '${name}', and ResourceQuota '${quota.document.metadata.name}' refuses such Pods`,
        hint: `say it under resources of the container: { limits: { ${resource}: … } }, or take ${key} out of the quota`,
        manifest,
      });
    }
  }
  return findings;
}

/** What a container says and the API server refuses. */
function outOfBounds(
  { manifest }: WorkloadFact,
  { name, requests, limits }: ContainerResources,
  range: ContainerRange | undefined,
): Finding[] {
  const findings: Finding[] = [];
  const compare = (wrong: string, got: unknown, over: unknown, hint: string): void => {
    findings.push({ message: `${objectName(manifest.document)} ${wrong}, got '${String(got)}' and '${String(over)}'`, hint, manifest });
  };
  for (const [resource, request] of Object.entries(requests)) {
    const limit = limits[resource] ?? range?.defaultLimits[resource];
    if (limit === undefined || !exceeds(request, limit)) continue;
    const whose = limits[resource] === undefined ? `the limit that LimitRange '${range?.name ?? ""}' gives it` : "its limit";
    compare(`requests more ${resource} for container '${name}' than ${whose}`, request, limit, "raise the limit, or lower the request");
  }
  if (range === undefined) return findings;
  const hint = `stay between min and max of the LimitRange`;
  for (const [resource, least] of Object.entries(range.min)) {
    const request = requests[resource] ?? limits[resource];
    if (exceeds(least, request))
      compare(`requests less ${resource} for container '${name}' than LimitRange '${range.name}' lets in`, request, least, hint);
  }
  for (const [resource, most] of Object.entries(range.max)) {
    const limit = limits[resource];
    if (exceeds(limit, most))
      compare(`limits container '${name}' to more ${resource} than LimitRange '${range.name}' lets in`, limit, most, hint);
  }
  return findings;
}

function exceeds(amount: unknown, other: unknown): boolean {
  const [left, right] = [parseQuantity(amount), parseQuantity(other)];
  return left !== undefined && right !== undefined && left > right;
}
