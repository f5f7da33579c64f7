import { deliveryKinds } from "../../lib/cluster/expected-object.ts";
import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";

/** What an object of a test says beside its kind and name. */
export interface LiveObjectProps {
  /** @default that of Argo CD for its kinds, else that of the core group */
  readonly apiVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** @default in the namespace `argocd` */
  readonly metadata?: object;
  readonly [field: string]: unknown;
}

/** An object in a cluster. */
export function liveObject(kind: string, name: string, props: LiveObjectProps = {}): LiveObject {
  const ofArgoCd = deliveryKinds.find((candidate) => candidate.kind === kind);
  const { apiVersion = ofArgoCd?.apiVersion ?? "v1", labels, metadata, ...fields } = props;
  return { apiVersion, kind, metadata: { name, namespace: "argocd", ...(labels && { labels }), ...metadata }, ...fields };
}
