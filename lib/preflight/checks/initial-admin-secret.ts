import type { ClusterCheck } from "../check.ts";

const name = "argocd-initial-admin-secret";

/** The first password, which Argo CD leaves behind in the clear, is gone. */
export const initialAdminSecret: ClusterCheck = {
  id: "initial-admin-secret",
  title: "the initial admin password is gone",
  needs: "cluster",
  run: async ({ cluster, namespace }) => {
    if ((await cluster.get({ apiVersion: "v1", kind: "Secret", name, namespace })) === undefined)
      return { result: "pass", detail: `there is no Secret '${name}'` };
    return {
      result: "fail",
      detail: `the Secret '${name}' is still there`,
      fix: `change the password or set up single sign-on, then: kubectl -n ${namespace} delete secret ${name}`,
    };
  },
};
