import { label } from "../../manifest/labels.ts";
import type { ClusterCheck } from "../check.ts";

/** In every environment an Application was synced successfully at least once. */
export const firstSync: ClusterCheck = {
  id: "first-sync",
  title: "a first sync happened in every environment",
  needs: "cluster",
  run: async (facts) => {
    const applications = await facts.applications();
    const without = facts.project.controlPlane.environments
      .map(({ name }) => name)
      .filter(
        (environment) => !applications.some(({ labels, history }) => labels[label.environment] === environment && history.length > 0),
      );
    if (without.length === 0)
      return { result: "pass", detail: `in ${facts.project.controlPlane.environments.map(({ name }) => name).join(", ")}` };
    return {
      result: "fail",
      detail: `nothing was synced in ${without.join(", ")}`,
      fix: "sync one Application there: argocd app sync <name>",
    };
  },
};
