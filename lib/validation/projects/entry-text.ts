import type { ClusterResourceDocument, DestinationDocument, ProjectSpec } from "../../manifest/project-spec.ts";

/** A destination as messages name it: `'https://kubernetes.default.svc', namespace 'bookshop-dev'`. */
export function destinationText({ server, name, namespace }: DestinationDocument): string {
  return `'${server ?? name ?? ""}', namespace '${namespace ?? ""}'`;
}

/** The repositories that a project permits. */
export function sourceText({ sourceRepos }: ProjectSpec): string {
  return sourceRepos.map((entry) => `'${entry}'`).join(", ") || "none";
}

/** A cluster-scoped kind, or one object of it: `ClusterRole 'reader'`. */
export function clusterResourceText({ group, kind, name }: ClusterResourceDocument): string {
  const groupKind = group === "" ? kind : `${group}/${kind}`;
  return name === undefined || name === "" ? `every '${groupKind}'` : `'${groupKind}' '${name}'`;
}
