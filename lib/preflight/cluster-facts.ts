import { applicationKind, type LiveApplication, readApplication } from "../cluster/application.ts";
import type { KubernetesApi } from "../cluster/kubernetes-api.ts";
import { findLiveTwins, type LiveTwins } from "./live-twin.ts";
import { ownManifests, type ProjectFacts } from "./project-facts.ts";

/** What is known with a cluster; what several checks ask for is asked once. */
export class ClusterFacts {
  readonly project: ProjectFacts;
  readonly cluster: KubernetesApi;
  #applications: Promise<readonly LiveApplication[]> | undefined;
  #twins: Promise<LiveTwins> | undefined;

  constructor(project: ProjectFacts, cluster: KubernetesApi) {
    this.project = project;
    this.cluster = cluster;
  }

  /** Argo CD's namespace. */
  get namespace(): string {
    return this.project.controlPlane.namespace;
  }

  /** Every Application in Argo CD's namespace. */
  applications(): Promise<readonly LiveApplication[]> {
    this.#applications ??= this.cluster
      .list(applicationKind, { namespace: this.namespace })
      .then((objects) => objects.map(readApplication));
    return this.#applications;
  }

  /** The root of this control plane, which creates everything else. */
  async root(): Promise<LiveApplication | undefined> {
    const { manifests, controlPlane } = this.project;
    const wanted = manifests.find(
      ({ owner, document }) => owner.scope === "bootstrap" && owner.controlPlane === controlPlane.name && document.kind === "Application",
    );
    return (await this.applications()).find(({ name }) => name === wanted?.document.metadata.name);
  }

  /** The rendered objects of this cluster that are there already. */
  twins(): Promise<LiveTwins> {
    this.#twins ??= findLiveTwins(this.cluster, ownManifests(this.project));
    return this.#twins;
  }
}
