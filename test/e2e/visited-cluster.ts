import { committedManifests } from "./committed-manifests.ts";
import type { ControlPlane } from "./control-plane/control-plane.ts";
import { NotYet, waitFor } from "./control-plane/wait-for.ts";
import type { GitOpsWorkspace } from "./gitops-workspace.ts";
import { argocdNamespace, repositorySecret } from "./live-argocd.ts";
import { reader } from "./read-only-kubeconfig.ts";

/** What Argo CD acts upon. */
const delivering = ["application", "applicationset", "appproject"];

/** What the scenarios make beside it. */
const helping = ["namespace", "role", "rolebinding", "serviceaccount", "secret"];

/** Somebody else's cluster while scenarios run in it: nothing that was there is touched, nothing that they made stays. */
export class VisitedCluster {
  readonly #plane: ControlPlane;
  /** Everything that the scenarios make, but what lies in namespaces of theirs: `application/root`. */
  readonly #own: ReadonlySet<string>;

  private constructor(plane: ControlPlane, own: readonly string[]) {
    this.#plane = plane;
    this.#own = new Set(own);
  }

  /**
   * Makes sure that nothing of what the scenarios make is there already.
   *
   * @throws Error that names what is
   */
  static async enter(plane: ControlPlane, workspace: GitOpsWorkspace, repository: string): Promise<VisitedCluster> {
    await workspace.synth();
    const delivered = committedManifests(workspace.folder).map(
      ({ document }) => `${document.kind.toLowerCase()}/${document.metadata.name}`,
    );
    const read = ["role", "rolebinding", "serviceaccount"].map((kind) => `${kind}/${reader}`);
    const visit = new VisitedCluster(plane, [...delivered, ...read, `secret/${repositorySecret(repository)}`]);
    const there = plane.external ? await visit.#found([...delivering, ...helping]) : [];
    if (there.length > 0) throw new Error(`the cluster has these already, and the scenarios would change them: ${there.join(", ")}`);
    return visit;
  }

  /** Takes everything away again. In a cluster of our own there is no need: it ends with the run. */
  async leave(): Promise<void> {
    if (!this.#plane.external) return;
    // more than once: a sync that runs meanwhile may bring something back
    await waitFor("nothing is left that Argo CD acts upon", async () => {
      const left = await this.#found(delivering);
      for (const object of rootsFirst(left)) await this.#forget(object);
      return left.length === 0 || new NotYet(left);
    });
    const left = await this.#found(helping);
    if (left.length > 0) await this.#plane.kubectl(["delete", "--namespace", argocdNamespace, "--ignore-not-found", ...left]);
  }

  /** Removes an object without its finalizer: nothing cascades, and nobody has to confirm, since the namespaces go as a whole. */
  async #forget(object: string): Promise<void> {
    const there = [object, "--namespace", argocdNamespace];
    const before = await this.#plane.kubectl(["get", ...there, "--ignore-not-found", "--output", "name"]);
    if (before === "") return;
    await this.#plane.kubectl(["patch", ...there, "--type", "merge", "--patch", '{"metadata":{"finalizers":null}}']);
    await this.#plane.kubectl(["delete", ...there, "--ignore-not-found", "--wait=false"]);
  }

  /** Which of the scenarios' objects there are, of some kinds. */
  async #found(kinds: readonly string[]): Promise<string[]> {
    const listed = await this.#plane.kubectl(["get", kinds.join(","), "--namespace", argocdNamespace, "--output", "name"]);
    // `application.argoproj.io/root`
    const names = listed.trim().split("\n");
    return names.filter((name) => this.#own.has(name.replace(/\.[^/]*\//, "/")));
  }
}

/** Who brings others back goes before them. */
function rootsFirst(objects: readonly string[]): string[] {
  const isRoot = (object: string): boolean => /^application\.argoproj\.io\/root(-|$)/.test(object);
  return [...objects.filter(isRoot).sort(), ...objects.filter((object) => !isRoot(object))];
}
