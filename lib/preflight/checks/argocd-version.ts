import { Fields } from "../../cluster/fields.ts";
import type { LiveObject } from "../../cluster/kubernetes-api.ts";
import { label } from "../../manifest/labels.ts";
import type { ClusterCheck } from "../check.ts";

/** The installed Argo CD is the one that the definitions are written for. */
export const argocdVersion: ClusterCheck = {
  id: "argocd-version",
  title: "Argo CD is the targeted version",
  needs: "cluster",
  run: async ({ cluster, namespace, project: { controlPlane } }) => {
    const workloads = [
      ...(await cluster.list({ apiVersion: "apps/v1", kind: "Deployment" }, { namespace })),
      ...(await cluster.list({ apiVersion: "apps/v1", kind: "StatefulSet" }, { namespace })),
    ].filter(({ metadata }) => metadata.labels?.[label.partOf] === "argocd");
    const versions = new Map<string, string[]>();
    for (const workload of workloads) {
      const version = versionOf(workload);
      if (version !== undefined) versions.set(version, [...(versions.get(version) ?? []), workload.metadata.name]);
    }
    const installed = [...versions.keys()].sort().join(", ");
    if (versions.size === 0) return { result: "unknown", detail: `no version can be read from the images of Argo CD in '${namespace}'` };
    if (installed === controlPlane.argocdVersion) return { result: "pass", detail: `Argo CD ${installed}` };
    return {
      result: "fail",
      detail: `Argo CD ${installed} is installed, and ${controlPlane.argocdVersion} is targeted`,
      findings: [...versions].map(([version, names]) => `${version}: ${names.join(", ")}`),
      fix: "install the targeted version, or set argocdVersion in environments/registry.ts",
    };
  },
};

/** By the tag of Argo CD's own image; Dex and Redis have others. */
function versionOf({ spec }: LiveObject): string | undefined {
  const images = new Fields(spec)
    .at("template")
    .at("spec")
    .each("containers")
    .map((container) => container.text("image") ?? "");
  return images.map((image) => /(?:^|\/)argocd:v?(\d+\.\d+\.\d+[^@]*)/.exec(image)?.[1]).find((version) => version !== undefined);
}
