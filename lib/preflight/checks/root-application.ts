import type { ClusterCheck } from "../check.ts";

/** Argo CD reads the repository: the root has compared a revision, and is as Git says. */
export const rootApplication: ClusterCheck = {
  id: "root-application",
  title: "the root reads the repository and is Synced",
  needs: "cluster",
  run: async (facts) => {
    const { controlPlane, definitions } = facts.project;
    const root = await facts.root();
    if (root === undefined)
      return {
        result: "fail",
        detail: `there is no root in '${facts.namespace}'`,
        fix: `apply it: kubectl apply -f ${definitions.repository.output}/bootstrap/${controlPlane.name}`,
      };
    const errors = root.conditions.filter(({ type }) => type.endsWith("Error")).map(({ type, message }) => `${type}: ${message}`);
    if (root.source.repoURL !== definitions.repository.url)
      return { result: "fail", detail: `'${root.name}' reads ${root.source.repoURL ?? "nothing"}, not ${definitions.repository.url}` };
    if (root.revision === undefined || errors.length > 0)
      return {
        result: "fail",
        detail: root.revision === undefined ? `'${root.name}' has compared no revision yet` : `'${root.name}' has errors`,
        findings: errors,
        fix: "do the credentials reach the repository, and is there such a branch and folder",
      };
    if (root.syncStatus !== "Synced")
      return {
        result: "fail",
        detail: `'${root.name}' is ${root.syncStatus ?? "Unknown"}`,
        fix: `look at it: argocd app get ${root.name}`,
      };
    return { result: "pass", detail: `'${root.name}' is Synced at ${root.revision.slice(0, 10)}` };
  },
};
