import { nearestNames } from "../../errors/nearest-names.ts";
import { clusterScopedKinds } from "../../manifest/cluster-scoped-kinds.ts";
import { objectName, type Manifest, type Owner } from "../../manifest/manifest.ts";
import { ownerName } from "../../manifest/owner-name.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

type EnvironmentOwner = Extract<Owner, { readonly scope: "environment" }>;

/** An object outside of its system's own namespace is refused by the system's AppProject, or lands where nobody expects it. */
export const namespaceDeclared: Rule = {
  id: "namespace-declared",
  severity: "error",
  subject: "references",
  title: "Every namespaced object of a system is in a namespace that the system declares; what belongs to the whole cluster is in none.",
  reason: "An object outside of its system's own namespace is refused by the system's AppProject, or lands where nobody expects it.",
  fix: "Take its metadata from objectMetadata(context, …).",
  needs: "definitions",
  check: findMisplaced,
};

function findMisplaced(facts: RepositoryFacts): Finding[] {
  const namespacesOf = declaredNamespaces(facts);
  const findings: Finding[] = [];
  for (const [kind, manifests] of facts.kinds) {
    const clusterScoped = clusterScopedKinds.has(kind);
    for (const manifest of manifests) {
      const { owner, document } = manifest;
      const { namespace } = document.metadata;
      if (clusterScoped) {
        if (namespace !== undefined) findings.push(needless(manifest));
      } else if (owner.scope === "environment") {
        const namespaces = namespacesOf(owner);
        if (namespace === undefined) findings.push(homeless(manifest, namespaces));
        else if (!namespaces.includes(namespace)) findings.push(undeclared(manifest, owner, namespaces));
      }
    }
  }
  return findings;
}

/** The namespaces that a unit's system declares on the unit's cluster, for its environment: one, as a rule. */
function declaredNamespaces(facts: RepositoryFacts): (owner: EnvironmentOwner) => readonly string[] {
  const bySystem = new Map<string, string[]>();
  for (const { owner, document } of facts.ofKind("Namespace")) {
    if (owner.scope !== "environment") continue;
    const known = bySystem.get(systemKey(owner));
    if (known === undefined) bySystem.set(systemKey(owner), [document.metadata.name]);
    else known.push(document.metadata.name);
  }
  // the objects of a unit share their owner
  const byOwner = new Map<EnvironmentOwner, readonly string[]>();
  return (owner) => {
    const known = byOwner.get(owner) ?? bySystem.get(systemKey(owner)) ?? [];
    byOwner.set(owner, known);
    return known;
  };
}

function systemKey({ system, environment, cluster }: EnvironmentOwner): string {
  return `${system} ${environment} ${cluster}`;
}

function needless(manifest: Manifest): Finding {
  const { kind } = manifest.document;
  return {
    message: `${objectName(manifest.document)} of ${ownerName(manifest.owner)} has a namespace, but a ${kind} belongs to the whole cluster`,
    hint: "say clusterScoped: true to objectMetadata(…)",
    manifest,
  };
}

function homeless(manifest: Manifest, namespaces: readonly string[]): Finding {
  return {
    message: `${objectName(manifest.document)} of ${ownerName(manifest.owner)} has no namespace`,
    hint: `take its metadata from objectMetadata(context, …)${candidates("", namespaces)}`,
    manifest,
  };
}

function undeclared(manifest: Manifest, { system, environment, cluster }: EnvironmentOwner, namespaces: readonly string[]): Finding {
  const namespace = manifest.document.metadata.namespace ?? "";
  return {
    message: `${objectName(manifest.document)} is in namespace '${namespace}', which '${system}' does not declare in '${environment}' on cluster '${cluster}'`,
    hint: `take its metadata from objectMetadata(context, …)${candidates(namespace, namespaces)}`,
    manifest,
  };
}

function candidates(wanted: string, namespaces: readonly string[]): string {
  if (namespaces.length === 0) return "; the system declares no namespace there: render its SystemNamespace";
  return `; the system declares: ${nearestNames(wanted, namespaces)}`;
}
