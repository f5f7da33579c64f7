import { Fields } from "../../cluster/fields.ts";
import type { LiveObject } from "../../cluster/kubernetes-api.ts";
import { label } from "../../manifest/labels.ts";
import type { ClusterCheck } from "../check.ts";

/**
 * Argo CD has credentials for the repository. Of a Secret only its label and its `url` are looked at.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
 */
export const repositoryCredentials: ClusterCheck = {
  id: "repository-credentials",
  title: "a Secret holds the repository's credentials",
  needs: "cluster",
  run: async (facts) => {
    const { cluster, namespace, project } = facts;
    const { url } = project.definitions.repository;
    const secrets = async (type: string): Promise<LiveObject[]> =>
      cluster.list({ apiVersion: "v1", kind: "Secret" }, { namespace, labels: { [label.secretType]: type } });
    const own = (await secrets("repository")).find((secret) => comparable(urlOf(secret)) === comparable(url));
    if (own !== undefined) return { result: "pass", detail: `Secret '${own.metadata.name}'` };
    const template = (await secrets("repo-creds")).find((secret) => {
      const prefix = comparable(urlOf(secret));
      return prefix !== "" && comparable(url).startsWith(prefix);
    });
    if (template !== undefined)
      return { result: "pass", detail: `Secret '${template.metadata.name}', for every repository under ${urlOf(template)}` };
    if ((await facts.root())?.revision !== undefined)
      return { result: "pass", detail: "there is none, and the root reads the repository without" };
    return {
      result: "fail",
      detail: `no Secret in '${namespace}' labelled '${label.secretType}: repository' has the url ${url}`,
      fix: "make one, unless everybody may read the repository",
    };
  },
};

function urlOf({ data }: LiveObject): string {
  return atob(new Fields(data).text("url") ?? "");
}

/** Argo CD, too, takes no notice of case and a trailing `.git`. */
function comparable(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/\/+$/, "")
    .replace(/\.git$/, "");
}
