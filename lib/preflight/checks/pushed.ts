import type { ProjectCheck } from "../check.ts";

/** The branch that Argo CD follows stands at this commit, as this machine's credentials see it. */
export const pushed: ProjectCheck = {
  id: "pushed",
  title: "the branch that Argo CD follows holds this commit",
  needs: "project",
  run: ({ clone, definitions: { repository } }) => {
    if (typeof clone === "string") return { result: "unknown", detail: clone };
    const head = clone.commit("HEAD");
    if (head === undefined) return { result: "fail", detail: "there is no commit yet", fix: "commit and push" };
    const remote = clone.remoteCommit(repository.url, repository.branch);
    const branch = `'${repository.branch}' of ${repository.url}`;
    if (remote === head) return { result: "pass", detail: `${branch} stands at ${head.slice(0, 10)}` };
    if (remote === undefined) return { result: "fail", detail: `there is no branch ${branch}`, fix: "push it" };
    if (clone.commit(remote) !== undefined && clone.isAncestor(head, remote))
      return { result: "pass", detail: `${branch} is ahead: it stands at ${remote.slice(0, 10)}, which follows ${head.slice(0, 10)}` };
    return {
      result: "fail",
      detail: `${branch} stands at ${remote.slice(0, 10)}, and HEAD is ${head.slice(0, 10)}`,
      fix: "push, or pull first",
    };
  },
};
