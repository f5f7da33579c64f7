import { type LiveApplication, readApplication } from "../../lib/cluster/application.ts";
import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import type { ControlPlane } from "./control-plane/control-plane.ts";
import { NotYet, waitFor } from "./control-plane/wait-for.ts";

/** Argo CD's namespace. */
export const argocdNamespace = "argocd";

/** The Applications of a control plane as they are now, and what a person or a Git host does to them. */
export class LiveArgoCd {
  readonly #plane: ControlPlane;

  constructor(plane: ControlPlane) {
    this.#plane = plane;
  }

  /** By name. */
  async applications(): Promise<Map<string, LiveApplication>> {
    const list = JSON.parse(await this.#plane.kubectl(["get", "applications", "-n", argocdNamespace, "-o", "json"])) as {
      readonly items: readonly LiveObject[];
    };
    return new Map(list.items.map((item) => [item.metadata.name, readApplication(item)]));
  }

  async application(name: string): Promise<LiveApplication | undefined> {
    return (await this.applications()).get(name);
  }

  /**
   * Waits until an Application holds a commit: four things together, since an Application is Synced and Healthy for a moment while
   * its operation still runs, or before a new ReplicaSet was judged.
   */
  async settled(name: string, commit?: string): Promise<LiveApplication> {
    return waitFor(
      `'${name}' is Synced, Healthy and done${commit === undefined ? "" : ` at ${commit.slice(0, 7)}`}`,
      async () => {
        const application = await this.application(name);
        if (application === undefined) return new NotYet("it does not exist");
        const { revision, syncStatus, healthStatus, operation, conditions } = application;
        const done = isSettled(application) && (commit === undefined || revision === commit);
        return done ? application : new NotYet({ revision, syncStatus, healthStatus, operation, conditions });
      },
      { timeout: 240_000, interval: 250 },
    );
  }

  /** Starts a sync as somebody at the user interface would. @param options - `prune`: what left Git leaves the cluster, @default false */
  async sync(name: string, { prune = false }: { readonly prune?: boolean } = {}): Promise<void> {
    const { syncPolicy } = (
      JSON.parse(await this.#plane.kubectl(["get", "application", name, "-n", argocdNamespace, "-o", "json"])) as {
        readonly spec: { readonly syncPolicy?: { readonly syncOptions?: readonly string[] } };
      }
    ).spec;
    const operation = {
      initiatedBy: { username: "grower" },
      sync: { prune, syncOptions: syncPolicy?.syncOptions ?? [] },
    };
    await this.#plane.kubectl([
      "patch",
      "application",
      name,
      "-n",
      argocdNamespace,
      "--type",
      "merge",
      "--patch",
      JSON.stringify({ operation }),
    ]);
  }

  /** Confirms what a sync of an Application wants to delete. */
  async confirm(name: string): Promise<void> {
    // a moment ahead: what is older than the operation confirms nothing
    const approved = `argocd.argoproj.io/deletion-approved=${new Date(Date.now() + 1000).toISOString().replace(/\.\d+/, "")}`;
    await this.#plane.kubectl(["annotate", "application", name, "-n", argocdNamespace, "--overwrite", approved]);
  }

  /** Tells Argo CD of a push as a Git host does. Its answer says nothing: it is 200 even when no Application matches. */
  async webhook(repository: string, after: string): Promise<void> {
    const body = {
      ref: "refs/heads/main",
      before: "0".repeat(40),
      after,
      repository: { html_url: this.#plane.git.url(repository).replace(/\.git$/, ""), default_branch: "main" },
      // without the files that changed, every Application of the repository is refreshed
      commits: [],
    };
    const response = await fetch(`${this.#plane.argocdUrl}/api/webhook`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-github-event": "push" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the webhook answered ${response.status}: ${await response.text()}`);
  }

  /** Lets Argo CD read a repository of the local Git server. */
  async addRepository(repository: string): Promise<void> {
    const { credentials } = this.#plane.git;
    const secret = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: repositorySecret(repository),
        namespace: argocdNamespace,
        labels: { "argocd.argoproj.io/secret-type": "repository" },
      },
      stringData: { type: "git", url: this.#plane.git.url(repository), ...credentials },
    };
    await this.#plane.kubectl(["apply", "--server-side", "-f", "-"], JSON.stringify(secret));
  }
}

/** The name of the Secret with which Argo CD reads a repository of the local Git server. */
export function repositorySecret(repository: string): string {
  return `keelson-e2e-${repository}`;
}

/** Synced, Healthy, and no operation under way. */
export function isSettled({ syncStatus, healthStatus, operation }: LiveApplication): boolean {
  return syncStatus === "Synced" && healthStatus === "Healthy" && (operation === undefined || operation.phase === "Succeeded");
}
