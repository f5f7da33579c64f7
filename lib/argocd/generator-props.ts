/** Which labels match; an empty one matches all. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
    readonly values?: readonly string[];
  }[];
}

/** Which registered clusters, by the labels of their Secrets. */
export interface ClustersProps {
  /** @default every cluster, Argo CD's own included */
  readonly selector?: LabelSelector;
  /** More parameters, under `.values`. @default none */
  readonly values?: Readonly<Record<string, string>>;
}

/** Which folders or files of a repository. */
export interface GitProps {
  readonly repoURL: string;
  readonly revision: string;
  /** Globs; `exclude` wins. At least one. */
  readonly paths: readonly { readonly path: string; readonly exclude?: boolean }[];
  /** Puts `.path` under a name of its own, where two git generators meet in a matrix. @default none */
  readonly pathParamPrefix?: string;
  /** More parameters, under `.values`. @default none */
  readonly values?: Readonly<Record<string, string>>;
  /** @default Argo CD's own: 180 */
  readonly requeueAfterSeconds?: number;
}

/** Where a token lies: a key of a Secret in Argo CD's namespace. */
export interface SecretRef {
  readonly secretName: string;
  readonly key: string;
}

/** Open pull requests of one repository. */
export interface PullRequestProps {
  readonly provider:
    | {
        readonly github: {
          readonly owner: string;
          readonly repo: string;
          readonly api?: string;
          readonly tokenRef?: SecretRef;
          readonly appSecretName?: string;
          readonly labels?: readonly string[];
        };
        readonly gitlab?: never;
      }
    | {
        readonly gitlab: {
          readonly project: string;
          readonly api?: string;
          readonly tokenRef?: SecretRef;
          readonly labels?: readonly string[];
          readonly pullRequestState?: "opened" | "closed" | "merged" | "locked";
        };
        readonly github?: never;
      };
  /** Regular expressions; a pull request passes that matches any of them. @default every pull request */
  readonly filters?: readonly { readonly branchMatch?: string; readonly targetBranchMatch?: string }[];
  /** More parameters, under `.values`. @default none */
  readonly values?: Readonly<Record<string, string>>;
  /** @default Argo CD's own: 1800 */
  readonly requeueAfterSeconds?: number;
}
