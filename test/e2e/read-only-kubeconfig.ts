import { readFileSync, writeFileSync } from "node:fs";
import type { ControlPlane } from "./control-plane/control-plane.ts";
import { argocdNamespace } from "./live-argocd.ts";

/** The name of everything that is made for it. */
export const reader = "keelson-e2e-reader";

/**
 * A kubeconfig of somebody who may do what the Role in a page of the documentation permits, and nothing else.
 *
 * @param page - a Markdown file with one `yaml` block that holds a Role
 * @param file - where the kubeconfig is written
 */
export async function readOnlyKubeconfig(plane: ControlPlane, page: string, file: string): Promise<void> {
  const role = /^```yaml\n(apiVersion: rbac[^]*?)^```$/m.exec(readFileSync(page, "utf8"))?.[1];
  const name = role && /^ {2}name: (\S+)$/m.exec(role)?.[1];
  if (role === undefined || name === undefined) throw new Error(`'${page}' shows no Role`);
  const inNamespace = ["--namespace", argocdNamespace];
  await plane.kubectl(["apply", "--filename", "-"], role.replace(`name: ${name}`, `name: ${reader}`));
  await plane.kubectl(["create", "serviceaccount", reader, ...inNamespace]);
  await plane.kubectl([
    "create",
    "rolebinding",
    reader,
    "--role",
    reader,
    "--serviceaccount",
    `${argocdNamespace}:${reader}`,
    ...inNamespace,
  ]);
  const token = (await plane.kubectl(["create", "token", reader, ...inNamespace])).trim();
  const config = JSON.parse(await plane.kubectl(["config", "view", "--minify", "--raw", "--flatten", "--output", "json"])) as object;
  const { contexts } = config as { readonly contexts: readonly { readonly name: string; readonly context: { readonly user: string } }[] };
  writeFileSync(file, JSON.stringify({ ...config, users: [{ name: contexts[0]?.context.user, user: { token } }] }), { mode: 0o600 });
}
