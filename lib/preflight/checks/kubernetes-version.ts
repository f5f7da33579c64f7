import type { ClusterCheck } from "../check.ts";

/**
 * The Kubernetes versions that each Argo CD was tested with, oldest and newest.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/tested-kubernetes-versions/
 */
const tested: Readonly<Record<string, readonly [oldest: number, newest: number]>> = {
  "3.3": [32, 35],
  "3.4": [32, 35],
  "3.5": [33, 36],
};

/** The cluster runs a Kubernetes that the targeted Argo CD was tested with. */
export const kubernetesVersion: ClusterCheck = {
  id: "kubernetes-version",
  title: "Kubernetes is a version that the targeted Argo CD was tested with",
  needs: "cluster",
  run: async ({ cluster, project: { controlPlane } }) => {
    const version = await cluster.version();
    const minor = /^v?1\.(\d+)/.exec(version)?.[1];
    const series = controlPlane.argocdVersion.replace(/\.\d+$/, "");
    const range = tested[series];
    if (range === undefined || minor === undefined)
      return { result: "unknown", detail: `nothing is known of Argo CD ${series} with Kubernetes ${version}` };
    const [oldest, newest] = range;
    const about = `Kubernetes ${version}; Argo CD ${series} was tested with 1.${oldest} to 1.${newest}`;
    if (Number(minor) >= oldest && Number(minor) <= newest) return { result: "pass", detail: about };
    return { result: "fail", detail: about, fix: "target another Argo CD in environments/registry.ts, or upgrade the cluster" };
  },
};
