import type { ClusterCheck } from "../check.ts";
import { deployingApplications } from "../project-facts.ts";

/** In every environment an Application was synced successfully at least once; where some are synced by hand, one of those. */
export const firstSync: ClusterCheck = {
  id: "first-sync",
  title: "a first sync happened in every environment",
  needs: "cluster",
  run: async (facts) => {
    const expected = deployingApplications(facts.project);
    const synced = new Set((await facts.applications()).flatMap(({ name, history }) => (history.length > 0 ? [name] : [])));
    const environments = facts.project.controlPlane.environments
      .map(({ name }) => ({ name, applications: expected.filter(({ environment }) => environment === name) }))
      .filter(({ applications }) => applications.length > 0);
    if (environments.length === 0) return { result: "skipped", detail: "no Application brings anything into an environment" };
    const without = environments.flatMap(({ name, applications }) => {
      const manual = applications.filter(({ automated }) => !automated);
      const judged = manual.length > 0 ? manual : applications;
      return judged.some((application) => synced.has(application.name)) ? [] : [{ name, example: judged[0]?.name ?? "<name>" }];
    });
    if (without.length === 0) return { result: "pass", detail: `in ${environments.map(({ name }) => name).join(", ")}` };
    return {
      result: "fail",
      detail: `nothing was synced in ${without.map(({ name }) => name).join(", ")}`,
      fix: `sync one Application there: ${without.map(({ example }) => `argocd app sync ${example}`).join(", or ")}`,
    };
  },
};
