import { destinationOf, sourcesOf } from "../../manifest/application-document.ts";
import { comparableGitUrl } from "../../manifest/git-url.ts";
import { inClusterName, inClusterServer } from "../../manifest/in-cluster.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { foldersAbove } from "../../manifest/repository-folders.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

/** A folder that an Application applies to a cluster. */
interface Reading {
  readonly application: Manifest;
  readonly folder: string;
  readonly recurse: boolean;
}

/** An object that two Applications hold belongs to whichever synced last, and goes with whichever prunes first. */
export const applicationOverlap: Rule = {
  id: "application-overlap",
  severity: "error",
  subject: "argocd",
  title: "No two Applications apply the same folder of the repository to one cluster.",
  reason: "Two Applications that hold one object take it from each other with every sync, and whichever prunes takes it away from both.",
  fix: "Take one of the two out, or give them folders that do not lie in one another.",
  needs: "definitions",
  check: findOverlaps,
};

function findOverlaps(facts: RepositoryFacts): Finding[] {
  const findings: Finding[] = [];
  for (const readers of readingsByCluster(facts)) {
    const first = new Map<string, Reading>();
    for (const reading of readers) {
      const other = first.get(reading.folder);
      if (other === undefined) first.set(reading.folder, reading);
      else if (objectName(other.application.document) !== objectName(reading.application.document)) findings.push(overlap(reading, other));
    }
    for (const reading of first.values()) {
      const above = foldersAbove(reading.folder)
        .map((folder) => first.get(folder))
        .find((other) => other?.recurse === true);
      if (above !== undefined) findings.push(overlap(reading, above));
    }
  }
  return findings;
}

/** What Applications read of this repository, those of one cluster together. */
function readingsByCluster(facts: RepositoryFacts): Iterable<readonly Reading[]> {
  const byCluster = new Map<string, Reading[]>();
  if (facts.definitions === undefined) return [];
  const repository = comparableGitUrl(facts.definitions.definitions.repository.url);
  for (const application of facts.ofKind("argoproj.io/Application")) {
    const cluster = clusterKey(application);
    for (const { repoURL = "", path, directory } of sourcesOf(application.document)) {
      if (path === undefined || comparableGitUrl(repoURL) !== repository) continue;
      const readings = byCluster.get(cluster) ?? [];
      readings.push({ application, folder: path, recurse: directory?.recurse === true });
      byCluster.set(cluster, readings);
    }
  }
  return byCluster.values();
}

/** Argo CD's own cluster is another one for each control plane. */
function clusterKey({ owner, document }: Manifest): string {
  const { server, name = "" } = destinationOf(document);
  const isOwn = server === inClusterServer || name === inClusterName;
  return isOwn ? `own ${"controlPlane" in owner ? owner.controlPlane : ""}` : (server ?? name);
}

function overlap({ application, folder }: Reading, other: Reading): Finding {
  const below = folder === other.folder ? "" : `, with everything below '${other.folder}'`;
  return {
    message: `${objectName(application.document)} applies '${folder}', which ${objectName(other.application.document)} applies too${below}`,
    hint: "take one of the two out, or give them folders that do not lie in one another",
    manifest: application,
  };
}
