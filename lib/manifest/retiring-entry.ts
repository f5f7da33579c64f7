import { annotation } from "./labels.ts";
import type { Manifest } from "./manifest.ts";
import type { ClusterResourceDocument, DestinationDocument } from "./project-spec.ts";

/** How the annotation `keelson.dev/retiring` of an AppProject names a cluster-scoped object: `rbac.authorization.k8s.io/ClusterRole reader`. */
export function retiringObject({ group, kind, name = "" }: ClusterResourceDocument): string {
  return `${group === "" ? kind : `${group}/${kind}`} ${name}`;
}

/** How it names a destination: `https://kubernetes.default.svc bookshop-dev`. */
export function retiringDestination({ server, name = "", namespace = "" }: DestinationDocument): string {
  return `${server ?? name} ${namespace}`;
}

/** The annotation; none where nothing retires. */
export function retiringAnnotation(entries: readonly string[]): Readonly<Record<string, string>> {
  return entries.length === 0 ? {} : { [annotation.retiring]: [...entries].sort().join(", ") };
}

/** What an AppProject says is retiring. */
export function retiringOf({ document }: Manifest): ReadonlySet<string> {
  const text = document.metadata.annotations?.[annotation.retiring];
  return new Set(text === undefined ? [] : text.split(", "));
}
