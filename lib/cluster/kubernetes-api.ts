/** A kind as the API names it: `apps/v1`, `Deployment`. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Which object: its kind, its name and, where the kind has one, its namespace. */
export interface ObjectReference extends ObjectKind {
  readonly name: string;
  readonly namespace?: string;
}

/** An object as a cluster holds it. */
export interface LiveObject extends ObjectKind {
  readonly metadata: LiveMetadata;
  readonly [field: string]: unknown;
}

/** The part of an object's metadata that Keelson reads. */
export interface LiveMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  /** RFC 3339; set while finalizers still hold the object. */
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
}

/** What may be asked of an authorizer: may the caller do this? */
export interface AccessQuestion {
  readonly verb: "get" | "list" | "watch" | "create" | "update" | "patch" | "delete";
  /** `argoproj.io`; empty for the core group. */
  readonly group: string;
  /** In the plural: `applications`. */
  readonly resource: string;
  readonly namespace?: string;
}

/** Which cluster, as kubeconfig names it. */
export interface ClusterTarget {
  /** Path of a kubeconfig. @default `$KUBECONFIG`, else `~/.kube/config`, as for kubectl */
  readonly kubeconfig?: string;
  /** @default the kubeconfig's current context */
  readonly context?: string;
}

/**
 * What Keelson asks of a cluster; tests hand in their own. All methods reject with a UserError where the server is not reached or refuses,
 * with an ApiError where it answers with another error.
 */
export interface KubernetesApi {
  /** The kubeconfig's context. */
  readonly context: string;
  /** The server's address. */
  readonly server: string;
  /** `v1.36.3`. */
  version(): Promise<string>;
  /** `undefined` when there is no such object, or the cluster does not know the kind. */
  get(reference: ObjectReference): Promise<LiveObject | undefined>;
  /**
   * Every object of a kind, by namespace and name; none when the cluster does not know the kind.
   *
   * @param options - `labels`: all of these
   */
  list(
    kind: ObjectKind,
    options?: { readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> },
  ): Promise<LiveObject[]>;
  /** Changes the fields of a merge patch (RFC 7386): `null` removes a field. */
  patch(reference: ObjectReference, patch: Readonly<Record<string, unknown>>): Promise<LiveObject>;
  /** Does nothing when there is no such object. Dependents follow in the background. */
  delete(reference: ObjectReference): Promise<void>;
  /** Whether the caller may do this. @see https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access */
  may(question: AccessQuestion): Promise<boolean>;
}
