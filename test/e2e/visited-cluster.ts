import { rmSync } from "node:fs";
import { join } from "node:path";
import { committedManifests, type CommittedManifest } from "./committed-manifests.ts";
import type { ControlPlane } from "./control-plane/control-plane.ts";
import type { GitOpsWorkspace } from "./gitops-workspace.ts";
import { argocdNamespace, repositorySecret } from "./live-argocd.ts";
import { reader } from "./read-only-kubeconfig.ts";

const argocdKinds = ["application", "applicationset", "appproject"];

/** Somebody else's cluster while scenarios run in it: nothing that was there is touched, nothing that they made stays. */
export class VisitedCluster {
  readonly #plane: ControlPlane;
  readonly #repository: string;
  readonly #own: readonly CommittedManifest[];

  private constructor(plane: ControlPlane, repository: string, own: readonly CommittedManifest[]) {
    this.#plane = plane;
    this.#repository = repository;
    this.#own = own;
  }

  /**
   * Makes sure that nothing of what the workspace's definitions give is there already, and keeps Argo CD's own project `default` out of the repository.
   *
   * @throws Error that names what is there already
   */
  static async enter(plane: ControlPlane, workspace: GitOpsWorkspace, repository: string): Promise<VisitedCluster> {
    await workspace.keelson(["synth"]);
    const manifests = committedManifests(workspace.folder).filter(({ path }) => !path.startsWith("dist/expanded/"));
    const visit = new VisitedCluster(plane, repository, manifests.filter(isOwn));
    if (!plane.external) return visit;
    const there = [...(await visit.#found(argocdKinds)), ...(await visit.#found(["namespace"]))];
    if (there.length > 0) throw new Error(`the cluster has these already, and the scenarios would change them: ${there.join(", ")}`);
    workspace.leaveOut("dist/argocd/main/app-project-default.yaml");
    rmSync(join(workspace.folder, "dist/argocd/main/app-project-default.yaml"));
    return visit;
  }

  /** Takes everything away again. In a cluster of our own there is no need: it ends with the run. */
  async leave(): Promise<void> {
    if (!this.#plane.external) return;
    const objects = await this.#found(argocdKinds);
    for (const object of objects.sort()) {
      // without its finalizer nothing cascades, and nobody has to confirm: the namespaces go below
      const forget = ["patch", object, "--namespace", argocdNamespace, "--type", "merge", "--patch", '{"metadata":{"finalizers":null}}'];
      await this.#plane.kubectl(forget).catch(() => "it went with its parent");
      await this.#plane.kubectl(["delete", object, "--namespace", argocdNamespace, "--ignore-not-found"]);
    }
    await this.#plane.kubectl(["delete", "namespace", "--ignore-not-found", ...this.#names("Namespace")]);
    const made = ["role", "rolebinding", "serviceaccount"].map((kind) => `${kind}/${reader}`);
    const secret = `secret/${repositorySecret(this.#repository)}`;
    await this.#plane.kubectl(["delete", "--namespace", argocdNamespace, "--ignore-not-found", ...made, secret]);
  }

  #names(kind: string): string[] {
    return this.#own.filter(({ document }) => document.kind === kind).map(({ document }) => document.metadata.name);
  }

  /** Which of the scenarios' objects there are: `application.argoproj.io/root`. */
  async #found(kinds: readonly string[]): Promise<string[]> {
    const own = new Set(this.#own.map(({ document: { kind, metadata } }) => `${kind.toLowerCase()}/${metadata.name}`));
    const listed = await Promise.all(
      kinds.map((kind) => this.#plane.kubectl(["get", kind, "--namespace", argocdNamespace, "--output", "name"])),
    );
    return listed.flatMap((names) => names.trim().split("\n")).filter((name) => own.has(name.replace(/\.argoproj\.io\//, "/")));
  }
}

function isOwn({ document }: CommittedManifest): boolean {
  return !(document.kind === "AppProject" && document.metadata.name === "default");
}
