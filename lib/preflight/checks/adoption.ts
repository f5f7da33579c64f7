import type { LiveApplication } from "../../cluster/application.ts";
import type { LiveObject } from "../../cluster/kubernetes-api.ts";
import type { ControlPlaneDefinition } from "../../definition/control-plane.ts";
import { argocdAnnotation } from "../../manifest/argocd-annotations.ts";
import { label } from "../../manifest/labels.ts";
import { groupKind, objectName } from "../../manifest/manifest.ts";
import type { ClusterCheck } from "../check.ts";
import { expectedApplications } from "../project-facts.ts";

const helmRelease = "meta.helm.sh/release-name";

/** The cluster that Argo CD runs in, as a destination names it. */
const inCluster = ["https://kubernetes.default.svc", "in-cluster"];

/** What is there already belongs to these Applications, or to nobody in Argo CD: then the first sync adopts it, and it is listed. */
export const adoption: ClusterCheck = {
  id: "adoption",
  title: "no object belongs to another Application",
  needs: "cluster",
  run: async (facts) => {
    const names = new Set(expectedApplications(facts.project).map(({ name }) => name));
    const claims = claimsOf(
      (await facts.applications()).filter(({ name }) => !names.has(name)),
      facts.project.controlPlane,
    );
    const [adopted, foreign]: [string[], string[]] = [[], []];
    const { twins, hidden } = await facts.twins();
    for (const { manifest, live } of twins) {
      const { document } = manifest;
      // what somebody applies once is tracked by nobody
      if (manifest.owner.scope === "bootstrap") continue;
      const tracker = live.metadata.annotations?.[argocdAnnotation.trackingId]?.split(":")[0];
      const stranger = tracker !== undefined && !names.has(tracker) ? tracker : claims.get(keyOf(groupKind(document), document.metadata));
      if (stranger !== undefined) foreign.push(`${objectName(document)} belongs to the Application '${stranger}'`);
      else if (tracker === undefined) adopted.push(`${objectName(document)} will be adopted${helmNote(live)}`);
    }
    const count = adopted.length === 0 ? "none is there without Argo CD" : `${adopted.length} will be adopted`;
    if (foreign.length === 0 && hidden.size > 0)
      return {
        result: "unknown",
        detail: `could not be listed: ${[...hidden].sort().join(", ")}; of the rest, ${count}`,
        findings: adopted,
      };
    if (foreign.length === 0) return { result: "pass", detail: count, findings: adopted };
    return {
      result: "fail",
      detail: `${foreign.length} belong to Applications that are not of this repository; ${count}`,
      findings: [...foreign, ...adopted],
      fix: "delete those Applications without what they deployed (argocd app delete <name> --cascade=false), or rename one side",
    };
  },
};

/** Whose resource an object of the control plane's own cluster is: an Argo CD that tracks by label writes no annotation. */
function claimsOf(applications: readonly LiveApplication[], { cluster }: ControlPlaneDefinition): ReadonlyMap<string, string> {
  const here = [cluster.destination.server ?? cluster.destination.name, ...inCluster];
  return new Map(
    applications
      .filter(({ destination }) => here.includes(destination.server ?? destination.name ?? ""))
      .flatMap(({ name: application, resources }) =>
        resources.map(({ group, kind, ...resource }): [string, string] => [
          keyOf(group === "" ? kind : `${group}/${kind}`, resource),
          application,
        ]),
      ),
  );
}

function keyOf(kind: string, { namespace, name }: { readonly namespace?: string | undefined; readonly name: string }): string {
  return `${kind} ${namespace ?? ""}/${name}`;
}

function helmNote({ metadata: { annotations = {}, labels = {} } }: LiveObject): string {
  const release = annotations[helmRelease];
  return release !== undefined || labels[label.managedBy] === "Helm" ? ` (Helm release '${release ?? "unknown"}')` : "";
}
