import { fieldsOf } from "../../manifest/fields-of.ts";
import type { LabelSelector } from "../../manifest/label-selector.ts";
import type { Manifest, Owner } from "../../manifest/manifest.ts";
import { placeOf, type RepositoryFacts, type WorkloadFact } from "../../manifest/repository-facts.ts";

type EnvironmentOwner = Extract<Owner, { readonly scope: "environment" }>;

/** What is rendered for a unit in an environment on a cluster, as far as strength is judged by it. */
export interface RenderedUnit {
  readonly environment: string;
  /** By kind and name. */
  readonly workloads: Map<string, WorkloadFact>;
  /** The NetworkPolicies, by name. */
  readonly policies: Map<string, Manifest>;
  namespace: Manifest | undefined;
}

/** The units of a repository: by system and unit, then by environment, one for each cluster. */
export type RenderedUnits = ReadonlyMap<string, ReadonlyMap<string, readonly RenderedUnit[]>>;

/** Everything that is rendered for units of systems, unit by unit. */
export function renderedUnits(facts: RepositoryFacts): RenderedUnits {
  const units = new Map<string, Map<string, RenderedUnit[]>>();
  const byCluster = new Map<string, RenderedUnit>();
  // the objects of a unit share their owner
  const byOwner = new Map<Owner, RenderedUnit>();
  const unitOf = (owner: EnvironmentOwner): RenderedUnit => {
    const shared = byOwner.get(owner);
    if (shared !== undefined) return shared;
    const { environment, cluster, system, unit } = owner;
    const key = `${environment} ${cluster} ${system}/${unit}`;
    const known = byCluster.get(key);
    const rendered = known ?? {
      environment,
      workloads: new Map<string, WorkloadFact>(),
      policies: new Map<string, Manifest>(),
      namespace: undefined,
    };
    byOwner.set(owner, rendered);
    if (known !== undefined) return known;
    byCluster.set(key, rendered);
    const environments = units.get(`${system}/${unit}`) ?? new Map<string, RenderedUnit[]>();
    units.set(`${system}/${unit}`, environments);
    environments.set(environment, [...(environments.get(environment) ?? []), rendered]);
    return rendered;
  };
  for (const workload of facts.workloads) {
    const { owner, document } = workload.manifest;
    if (owner.scope === "environment") unitOf(owner).workloads.set(`${document.kind}/${document.metadata.name}`, workload);
  }
  for (const policy of facts.ofKind("networking.k8s.io/NetworkPolicy")) {
    if (policy.owner.scope === "environment") unitOf(policy.owner).policies.set(policy.document.metadata.name, policy);
  }
  for (const namespace of facts.ofKind("Namespace")) {
    if (namespace.owner.scope === "environment") unitOf(namespace.owner).namespace = namespace;
  }
  return units;
}

/** The workloads whose Pods have a PodDisruptionBudget. */
export function budgetedWorkloads(facts: RepositoryFacts): ReadonlySet<WorkloadFact> {
  const budgeted = new Set<WorkloadFact>();
  for (const budget of facts.ofKind("policy/PodDisruptionBudget")) {
    const { selector } = fieldsOf(budget.document.spec as { readonly selector?: LabelSelector } | undefined);
    if (selector === undefined) continue;
    for (const workload of facts.pods.select(placeOf(budget), fieldsOf(selector))) budgeted.add(workload);
  }
  return budgeted;
}
