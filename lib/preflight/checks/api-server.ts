import { ApiError } from "../../cluster/api-error.ts";
import { UserError } from "../../errors/user-error.ts";
import type { ClusterCheck } from "../check.ts";

/** The cluster answers. */
export const apiServer: ClusterCheck = {
  id: "api-server",
  title: "the API server answers",
  needs: "cluster",
  run: async ({ cluster }) => {
    try {
      return { result: "pass", detail: `${cluster.server} (context '${cluster.context}') runs ${await cluster.version()}` };
    } catch (error) {
      // here no answer is the answer
      if (error instanceof ApiError) return { result: "fail", detail: error.message };
      if (error instanceof UserError)
        return { result: "fail", detail: error.message, ...(error.hint !== undefined && { fix: error.hint }) };
      throw error;
    }
  },
};
