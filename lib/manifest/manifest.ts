import type { CallSite } from "../definition/source-location.ts";

/** A Kubernetes object as plain data: keys sorted, no `null`, no `undefined`. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
}

/** Whose a manifest is; decides its folder under `dist/` and what applies it. */
export type Owner =
  /** A unit of a system in an environment. */
  | {
      readonly scope: "environment";
      readonly environment: string;
      readonly cluster: string;
      readonly system: string;
      readonly unit: string;
    }
  /** A unit of a cluster-wide system; of plain manifests the file that they were read from, as messages name it. */
  | { readonly scope: "cluster"; readonly cluster: string; readonly system: string; readonly unit: string; readonly file?: string }
  /** The root Application and its AppProject: applied once, watched by nobody. */
  | { readonly scope: "bootstrap"; readonly controlPlane: string }
  /** What the root watches. */
  | { readonly scope: "control-plane"; readonly controlPlane: string }
  /** What the root of an environment, or of the platform, watches. */
  | { readonly scope: "delivery"; readonly controlPlane: string; readonly group: string; readonly environment: string | undefined }
  /** What an ApplicationSet will make, for reviewers; applied by nobody. */
  | { readonly scope: "expanded"; readonly controlPlane: string; readonly applicationSet: string; readonly environment: string };

/** A rendered object and whose it is: the value at the seam of the line. */
export interface Manifest {
  readonly owner: Owner;
  readonly document: KubernetesObject;
  /** Where the definition behind it stands. */
  readonly source: CallSite | undefined;
}

/** `apps/Deployment`, or `Namespace` for the core group: the kind with its group, without the version. */
export function groupKind(document: { readonly apiVersion: string; readonly kind: string }): string {
  const slash = document.apiVersion.indexOf("/");
  return slash < 0 ? document.kind : `${document.apiVersion.slice(0, slash)}/${document.kind}`;
}

/** How people and messages name an object: `Deployment shop-dev/frontend`. */
export function objectName(document: KubernetesObject): string {
  const { name, namespace } = document.metadata;
  return `${document.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
