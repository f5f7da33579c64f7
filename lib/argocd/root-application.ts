import { Construct } from "constructs";
import { SyncMode } from "../definition/environment-policy.ts";
import type { RepositoryDefinition } from "../definition/repository.ts";
import { Application, type ApplicationSource } from "./application.ts";
import { inClusterServer } from "../manifest/in-cluster.ts";

/** What an author says of a root. */
export interface RootApplicationProps {
  readonly name: string;
  readonly repository: RepositoryDefinition;
  /** The folder it watches, below the repository's output: `argocd/main/production`. */
  readonly path: string;
  /** Whether it watches sub-folders too. */
  readonly recurse: boolean;
  /** Whether what left the folder leaves the cluster; never for a root that holds production. */
  readonly prune: boolean;
  /** @default "root" */
  readonly project?: string;
  /** Argo CD's. @default "argocd" */
  readonly namespace?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The targeted Argo CD version. */
  readonly argocdVersion: string;
}

/**
 * An Application of Applications: synced automatically, with self-heal, and without a finalizer, so that deleting it leaves everything running.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/cluster-bootstrapping/
 */
export class RootApplication extends Construct {
  constructor(scope: Construct, id: string, props: RootApplicationProps) {
    super(scope, id);
    const { name, repository, path, recurse, prune, project = "root", namespace = "argocd" } = props;
    const source: ApplicationSource = {
      repoURL: repository.url,
      targetRevision: repository.branch,
      path: `${repository.output}/${path}`,
      // Argo CD takes a directory that says nothing out of the live object; Pulumi, which owns the first root, would put it back for ever
      ...(recurse && { directory: { recurse } }),
    };
    new Application(this, "application", {
      name,
      namespace,
      labels: props.labels,
      annotations: props.annotations,
      project,
      source,
      destination: { server: inClusterServer, namespace },
      syncPolicy: { mode: SyncMode.automated({ prune, selfHeal: true }) },
      // Argo CD's namespace is there, and the root's project permits no Namespace.
      createNamespace: false,
      argocdVersion: props.argocdVersion,
    });
  }
}
