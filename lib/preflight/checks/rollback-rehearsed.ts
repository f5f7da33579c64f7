import type { LiveApplication } from "../../cluster/application.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import type { ClusterCheck } from "../check.ts";
import { deployingApplications } from "../project-facts.ts";

/**
 * A rollback was rehearsed. What counts: an Application whose remembered syncs hold the same files twice with other files in
 * between (by the git tree of its path), which is what a rollback by commit and `argocd app rollback` both leave. Argo CD remembers ten.
 */
export const rollbackRehearsed: ClusterCheck = {
  id: "rollback-rehearsed",
  title: "a rollback was rehearsed",
  needs: "cluster",
  run: async (facts) => {
    const { clone } = facts.project;
    if (typeof clone === "string") return { result: "unknown", detail: clone };
    const names = new Set(deployingApplications(facts.project).map(({ name }) => name));
    const applications = (await facts.applications()).filter(({ name }) => names.has(name));
    const rehearsed = applications.flatMap((application) => rollbackOf(application, clone) ?? []);
    const [first] = rehearsed;
    if (first !== undefined) return { result: "pass", detail: first };
    const known = (revision: string | undefined): boolean => revision !== undefined && clone.commit(revision) !== undefined;
    if (applications.some(({ history }) => history.some(({ revision }) => !known(revision))))
      return { result: "unknown", detail: "this clone lacks commits that were synced", fix: "run `git fetch`" };
    return {
      result: "fail",
      detail: "no Application ever went back to files that it had before",
      fix: "revert the commit of a pin, sync, and see the old version run; where it was longer ago than ten syncs, this may be passed over",
    };
  },
};

function rollbackOf({ name, source, history }: LiveApplication, clone: GitRepository): string | undefined {
  const { path } = source;
  if (path === undefined) return undefined;
  const trees = history.map(({ id, revision }) => ({ id, tree: revision === undefined ? undefined : clone.tree(revision, path) }));
  for (const [index, later] of trees.entries()) {
    const earlier = trees.slice(0, index).findIndex(({ tree }) => tree !== undefined && tree === later.tree);
    if (earlier < 0 || !trees.slice(earlier + 1, index).some(({ tree }) => tree !== undefined && tree !== later.tree)) continue;
    return `'${name}': sync ${later.id} holds the files of sync ${trees[earlier]?.id ?? 0} again`;
  }
  return undefined;
}
