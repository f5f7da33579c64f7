import { containerResources, type ContainerResources, type WrittenAmounts } from "../../manifest/container-resources.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { PodCounts } from "../../manifest/pod-counts.ts";
import { parseQuantity } from "../../manifest/quantity.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding } from "../rule.ts";
import type { ContainerRange } from "./container-range.ts";

/** What a container may be asked for by a quota: `requests` or `limits`, of a resource. */
export interface QuotaTerm {
  readonly kind: "requests" | "limits";
  readonly resource: "cpu" | "memory";
}

/** A quota that every Pod of a namespace falls under. */
export interface Quota {
  readonly manifest: Manifest;
  /** What it asks of every Pod, by the key that asks it. */
  readonly terms: readonly (readonly [key: string, term: QuotaTerm])[];
}

/** See {@link quotasByPlace}. */
export type QuotasByPlace = ReadonlyMap<string, readonly Quota[]>;

/** @see https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
interface ResourceQuotaSpec {
  readonly hard?: WrittenAmounts;
  readonly scopes?: readonly string[];
  readonly scopeSelector?: object;
}

/** The keys of a quota that ask something of every Pod. */
const terms: ReadonlyMap<string, QuotaTerm> = new Map([
  ["cpu", { kind: "requests", resource: "cpu" }],
  ["memory", { kind: "requests", resource: "memory" }],
  ["requests.cpu", { kind: "requests", resource: "cpu" }],
  ["requests.memory", { kind: "requests", resource: "memory" }],
  ["limits.cpu", { kind: "limits", resource: "cpu" }],
  ["limits.memory", { kind: "limits", resource: "memory" }],
]);

/** The quotas that every Pod of a namespace falls under, by place. */
export function quotasByPlace(facts: RepositoryFacts): QuotasByPlace {
  const quotas = new Map<string, Quota[]>();
  for (const manifest of facts.ofKind("ResourceQuota")) {
    const { scopes, scopeSelector } = specOf(manifest);
    if (scopes !== undefined || scopeSelector !== undefined) continue;
    const place = placeOf(manifest);
    const quota = { manifest, terms: [...terms].filter(([key]) => hardOf(manifest)[key] !== undefined) };
    quotas.set(place, [...(quotas.get(place) ?? []), quota]);
  }
  return quotas;
}

/** Quotas with less room than the Pods of their namespace need together: the last of them are never made. */
export function findFullQuotas(facts: RepositoryFacts, quotas: QuotasByPlace, ranges: ReadonlyMap<string, ContainerRange>): Finding[] {
  const findings: Finding[] = [];
  const counts = PodCounts.in(facts);
  for (const [place, own] of quotas) {
    const range = ranges.get(place);
    const pods = facts.workloadsIn(place).map((workload) => ({
      count: counts.of(workload)?.count ?? 0,
      containers: containerResources(workload.template.spec),
    }));
    for (const { manifest, terms } of own) {
      for (const [key, term] of terms) {
        const most = parseQuantity(hardOf(manifest)[key]);
        const needed = pods.reduce((sum, { count, containers }) => sum + count * amountOf(containers, term, range), 0);
        if (most !== undefined && needed > most) findings.push(full(manifest, key, needed));
      }
    }
  }
  return findings;
}

/** What a Pod needs of a term, in thousandths: the sum of the containers that run at the same time. */
function amountOf(containers: readonly ContainerResources[], { kind, resource }: QuotaTerm, range: ContainerRange | undefined): number {
  let [together, alone] = [0, 0];
  for (const { requests, limits, init } of containers) {
    const written =
      kind === "limits"
        ? (limits[resource] ?? range?.defaultLimits[resource])
        : (requests[resource] ?? limits[resource] ?? range?.defaultRequests[resource]);
    const amount = parseQuantity(written) ?? 0;
    if (init) alone = Math.max(alone, amount);
    else together += amount;
  }
  return Math.max(together, alone);
}

function full(quota: Manifest, key: string, needed: number): Finding {
  const amount = key.endsWith("cpu") ? `${Math.ceil(needed)}m` : `${Math.ceil(needed / 1000 / 1024 ** 2)}Mi`;
  return {
    message: `${objectName(quota.document)} has less ${key} than the Pods of its namespace need together, got '${String(hardOf(quota)[key])}' for '${amount}'`,
    hint: "raise it under namespace.quota of the system, or run fewer or smaller Pods",
    manifest: quota,
  };
}

function specOf({ document }: Manifest): Partial<ResourceQuotaSpec> {
  return fieldsOf(document.spec as ResourceQuotaSpec | undefined);
}

function hardOf(quota: Manifest): WrittenAmounts {
  return fieldsOf(specOf(quota).hard) as WrittenAmounts;
}
