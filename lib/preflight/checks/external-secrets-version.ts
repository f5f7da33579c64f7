import { Fields } from "../../cluster/fields.ts";
import { label } from "../../manifest/labels.ts";
import type { ClusterCheck } from "../check.ts";

/** The External Secrets Operator is the one that `clusters.ts` says; only where its image tells. */
export const externalSecretsVersion: ClusterCheck = {
  id: "external-secrets-version",
  title: "the External Secrets Operator is the version that clusters.ts says",
  needs: "cluster",
  run: async ({ cluster, project: { controlPlane } }) => {
    const expected = controlPlane.cluster.versions.externalSecrets;
    if (expected === undefined) return { result: "skipped", detail: "clusters.ts says that there is none" };
    const deployments = await cluster.list({ apiVersion: "apps/v1", kind: "Deployment" }, { labels: { [label.name]: "external-secrets" } });
    const images = deployments.flatMap(({ spec }) => new Fields(spec).at("template").at("spec").each("containers"));
    const versions = images.flatMap((container) => /external-secrets:v?(\d+\.\d+\.\d+)/.exec(container.text("image") ?? "")?.[1] ?? []);
    const installed = [...new Set(versions)].sort().join(", ");
    if (installed === "")
      return { result: "unknown", detail: `no Deployment labelled '${label.name}: external-secrets' tells its version` };
    if (installed === expected) return { result: "pass", detail: `version ${installed}` };
    return {
      result: "fail",
      detail: `version ${installed} is installed, and ${expected} is expected`,
      fix: "set versions.externalSecrets in environments/clusters.ts, or install that version",
    };
  },
};
