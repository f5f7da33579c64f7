import { entriesOf, textsOf } from "./entries-of.ts";
import { fieldsOf } from "./fields-of.ts";
import type { KubernetesObject } from "./manifest.ts";
import type { DestinationDocument } from "./project-spec.ts";

/** Where an Application reads from, as far as rules ask. */
export interface SourceDocument {
  readonly repoURL?: string;
  readonly targetRevision?: string;
  readonly path?: string;
  /** Of a Helm repository. */
  readonly chart?: string;
  readonly directory?: { readonly recurse?: boolean };
}

/** The parts of an Application's `spec` that rules read, each possibly absent. @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml */
interface ApplicationFields {
  readonly project?: string;
  readonly source?: SourceDocument;
  readonly sources?: readonly SourceDocument[];
  readonly destination?: DestinationDocument;
  readonly syncPolicy?: { readonly syncOptions?: unknown };
}

/** Every source of an Application: `source`, or `sources`. */
export function sourcesOf({ spec }: KubernetesObject): readonly SourceDocument[] {
  const { source, sources } = fieldsOf(spec as ApplicationFields | undefined);
  return entriesOf(sources ?? (source && [source]));
}

/** The cluster of an Application, and the namespace of objects that name none. */
export function destinationOf({ spec }: KubernetesObject): DestinationDocument {
  return fieldsOf(fieldsOf(spec as ApplicationFields | undefined).destination);
}

/** The sync options of an Application: `CreateNamespace=true`. */
export function syncOptionsOf({ spec }: KubernetesObject): readonly string[] {
  return textsOf(fieldsOf(fieldsOf(spec as ApplicationFields | undefined).syncPolicy).syncOptions);
}

/** The Namespace that Argo CD makes for an Application where it is not there yet. */
export function namespaceMadeBy(application: KubernetesObject): string | undefined {
  return syncOptionsOf(application).includes("CreateNamespace=true") ? destinationOf(application).namespace : undefined;
}
