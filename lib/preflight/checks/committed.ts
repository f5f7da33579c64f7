import type { ProjectCheck } from "../check.ts";

/** Nothing is left in the work tree that Argo CD would not see. */
export const committed: ProjectCheck = {
  id: "committed",
  title: "everything is committed",
  needs: "project",
  run: ({ clone }) => {
    if (typeof clone === "string") return { result: "unknown", detail: clone };
    const changed = clone.changes();
    if (changed.length === 0) return { result: "pass", detail: "the work tree is clean" };
    return {
      result: "fail",
      detail: `${changed.length} ${changed.length === 1 ? "change is" : "changes are"} not committed`,
      findings: changed,
      fix: "commit them, or put them away",
    };
  },
};
