import type { ClusterCheck } from "../check.ts";
import { expectedApplications } from "../project-facts.ts";

const name = "default";

/** Nobody else's Application is in the project `default`, which a sync of the root would empty: it could neither sync nor compare any more. */
export const defaultProject: ClusterCheck = {
  id: "default-project",
  title: "nobody needs the project that is emptied",
  needs: "cluster",
  run: async (facts) => {
    const { controlPlane } = facts.project;
    if (controlPlane.defaultProject === "untouched") return { result: "skipped", detail: `the project '${name}' is left as it is` };
    const own = new Set(expectedApplications(facts.project).map((application) => application.name));
    const strangers = (await facts.applications()).filter(
      (application) => (application.project ?? name) === name && !own.has(application.name),
    );
    if (strangers.length === 0) return { result: "pass", detail: `no other Application is in the project '${name}'` };
    return {
      result: "fail",
      detail: `${strangers.length} ${strangers.length === 1 ? "Application is" : "Applications are"} in the project '${name}', which will permit nothing`,
      findings: strangers.map((application) => `Application ${application.name}`),
      fix: `set defaultProject: "untouched" in environments/registry.ts, or move them to a project of their own`,
    };
  },
};
