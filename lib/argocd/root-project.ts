import { Construct } from "constructs";
import type { RepositoryDefinition } from "../definition/repository.ts";
import { deliveryKinds } from "../manifest/namespaced-kinds.ts";
import { AppProject } from "./app-project.ts";
import { inClusterServer } from "../manifest/in-cluster.ts";

/** What an author says of the roots' project. */
export interface RootProjectProps {
  /** @default "root" */
  readonly name?: string;
  readonly repository: RepositoryDefinition;
  /** Argo CD's. @default "argocd" */
  readonly namespace?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** The targeted Argo CD version. */
  readonly argocdVersion: string;
}

/**
 * The AppProject of the roots. Whoever writes what a root watches can pick any project, so it permits no more than a root needs: three kinds of
 * argoproj.io, in Argo CD's namespace, from this repository.
 */
export class RootProject extends Construct {
  constructor(scope: Construct, id: string, props: RootProjectProps) {
    super(scope, id);
    const { name = "root", repository, namespace = "argocd", labels, argocdVersion } = props;
    new AppProject(this, "project", {
      name,
      namespace,
      labels,
      description: "The roots: what delivers everything else",
      sourceRepos: [repository.url],
      destinations: [{ server: inClusterServer, namespace }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: deliveryKinds,
      argocdVersion,
    });
  }
}
