import { Construct } from "constructs";
import { AppProject } from "./app-project.ts";
import { SyncOption, syncOptionsAnnotation } from "./sync-option.ts";

/** What an author says of the project `default`. */
export interface DefaultProjectProps {
  /** Argo CD's. @default "argocd" */
  readonly namespace?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** The targeted Argo CD version. */
  readonly argocdVersion: string;
}

/**
 * Argo CD's own project `default`, emptied: it permits everything as it comes, and an Application that names no project is in it. It is never pruned,
 * because Argo CD would make it again as it comes.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#the-default-project
 */
export class DefaultProject extends Construct {
  constructor(scope: Construct, id: string, props: DefaultProjectProps) {
    super(scope, id);
    new AppProject(this, "project", {
      name: "default",
      namespace: props.namespace,
      labels: props.labels,
      annotations: syncOptionsAnnotation(SyncOption.prune("false"), SyncOption.delete("false")),
      description: "Emptied: every Application names a project of its own",
      sourceRepos: [],
      destinations: [],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [],
      // Outlives Argo CD's own writes, which drop empty lists.
      namespaceResourceBlacklist: [{ group: "*", kind: "*" }],
      finalizer: false,
      argocdVersion: props.argocdVersion,
    });
  }
}
