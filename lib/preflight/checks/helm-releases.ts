import type { ClusterCheck } from "../check.ts";
import { ownManifests } from "../project-facts.ts";

/** No Helm release is left where Argo CD delivers: the next `helm upgrade` or `helm uninstall` would undo or delete what was adopted. */
export const helmReleases: ClusterCheck = {
  id: "helm-releases",
  title: "Helm manages nothing in the namespaces that Argo CD fills",
  needs: "cluster",
  run: async ({ cluster, namespace: argocd, project }) => {
    const namespaces = new Set(
      ownManifests(project).flatMap(({ owner, document }) => (owner.scope === "environment" ? (document.metadata.namespace ?? []) : [])),
    );
    namespaces.delete(argocd);
    const releases = new Map<string, string>();
    for (const namespace of [...namespaces].sort())
      for (const { metadata } of await cluster.list({ apiVersion: "v1", kind: "Secret" }, { namespace, labels: { owner: "helm" } })) {
        const release = metadata.labels?.name ?? metadata.name;
        releases.set(`${namespace}/${release}`, `kubectl -n ${namespace} delete secret -l owner=helm,name=${release}`);
      }
    if (releases.size === 0) return { result: "pass", detail: `no release in ${namespaces.size} namespaces` };
    return {
      result: "fail",
      detail: `${releases.size} ${releases.size === 1 ? "release is" : "releases are"} left; do not run \`helm uninstall\`: it deletes what runs`,
      findings: [...releases].map(([release, command]) => `${release}: ${command}`),
      fix: "once its objects are adopted, delete the release's Secrets; see docs/migration.md",
    };
  },
};
