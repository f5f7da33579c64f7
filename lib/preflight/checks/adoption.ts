import { label } from "../../manifest/labels.ts";
import { objectName } from "../../manifest/manifest.ts";
import type { ClusterCheck } from "../check.ts";

const trackingId = "argocd.argoproj.io/tracking-id";
const helmRelease = "meta.helm.sh/release-name";

/** What is there already belongs to these Applications, or to nobody in Argo CD: then the first sync adopts it, and it is listed. */
export const adoption: ClusterCheck = {
  id: "adoption",
  title: "no object belongs to another Application",
  needs: "cluster",
  run: async (facts) => {
    const { manifests } = facts.project;
    const names = new Set(manifests.flatMap(({ document }) => (document.kind === "Application" ? [document.metadata.name] : [])));
    const [adopted, foreign]: [string[], string[]] = [[], []];
    const { twins, hidden } = await facts.twins();
    for (const { manifest, live } of twins) {
      // what somebody applies once is tracked by nobody
      if (manifest.owner.scope === "bootstrap") continue;
      const { annotations = {}, labels = {} } = live.metadata;
      const owner = annotations[trackingId]?.split(":")[0];
      const release = annotations[helmRelease];
      const helm = release !== undefined || labels[label.managedBy] === "Helm" ? ` (Helm release '${release ?? "unknown"}')` : "";
      if (owner === undefined) adopted.push(`${objectName(manifest.document)} will be adopted${helm}`);
      else if (!names.has(owner)) foreign.push(`${objectName(manifest.document)} belongs to the Application '${owner}'`);
    }
    const count = adopted.length === 0 ? "none is there without Argo CD" : `${adopted.length} will be adopted`;
    if (foreign.length === 0 && hidden.size > 0)
      return { result: "unknown", detail: `may not be listed: ${[...hidden].sort().join(", ")}; of the rest, ${count}`, findings: adopted };
    if (foreign.length === 0) return { result: "pass", detail: count, findings: adopted };
    return {
      result: "fail",
      detail: `${foreign.length} belong to Applications that are not of this repository; ${count}`,
      findings: [...foreign, ...adopted],
      fix: "delete those Applications without what they deployed (argocd app delete <name> --cascade=false), or rename one side",
    };
  },
};
