import type { KubernetesApi } from "../cluster/kubernetes-api.ts";
import { UserError } from "../errors/user-error.ts";
import { label } from "../manifest/labels.ts";
import type { BootstrapConfig } from "./bootstrap-config.ts";

/** What Argo CD takes for credentials: of a repository, or of many. */
const credentials = ["repository", "repo-creds"];

/**
 * Looks whether the Secret that somebody else keeps is there, and whether Argo CD would find it. Where Argo CD is only about to be installed
 * nobody can have made it yet, and nothing is asked.
 *
 * @throws UserError when it is missing, or not labelled
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
 */
export async function requireRepositorySecret(
  cluster: KubernetesApi,
  { install, repositoryAccess, controlPlane: { namespace } }: Pick<BootstrapConfig, "install" | "repositoryAccess" | "controlPlane">,
): Promise<void> {
  if (install === "helm" || repositoryAccess.kind !== "existing-secret") return;
  const { name } = repositoryAccess;
  const secret = await cluster.get({ apiVersion: "v1", kind: "Secret", name, namespace });
  if (secret === undefined) {
    throw new UserError(`there is no Secret '${name}' in the namespace '${namespace}', as 'keelson:repositoryExistingSecret' says`, {
      hint: "make it before the root looks for it, or set the name right; see docs/bootstrap.md",
    });
  }
  if (credentials.includes(secret.metadata.labels?.[label.secretType] ?? "")) return;
  throw new UserError(`the Secret '${name}' in the namespace '${namespace}' is not labelled as credentials, and Argo CD does not find it`, {
    hint: `label it: \`kubectl label --namespace ${namespace} secret ${name} ${label.secretType}=repository\``,
  });
}
