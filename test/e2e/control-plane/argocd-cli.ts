import { stringify } from "yaml";
import type { Kubectl } from "./kubectl.ts";
import { runCommand } from "./run-command.ts";
import { writePrivateFile } from "./write-private-file.ts";

/** Runs the argocd command line as admin; gives what it printed, rejects with its standard error. */
export type ArgocdCli = (args: readonly string[]) => Promise<string>;

/** Where Argo CD is, and with what it is asked. */
export interface ArgocdCliOptions {
  readonly program: string;
  /** Base address of argocd-server. */
  readonly url: string;
  readonly kubectl: Kubectl;
  readonly env: NodeJS.ProcessEnv;
  /** The configuration file, made at the first call: the person's own is left alone. */
  readonly file: string;
}

/** An {@link ArgocdCli} that logs in at its first call. The password goes over the wire only, never into an argument. */
export function argocdCli({ program, url, kubectl, env, file }: ArgocdCliOptions): ArgocdCli {
  let login: Promise<void> | undefined;
  return async (args) => {
    login ??= logIn(url, kubectl, file).catch((error: unknown) => {
      login = undefined;
      throw error;
    });
    await login;
    return runCommand(program, ["--config", file, ...args], { env });
  };
}

async function logIn(url: string, kubectl: Kubectl, file: string): Promise<void> {
  const path = "--output=jsonpath={.data.password}";
  const encoded = await kubectl(["get", "secret", "argocd-initial-admin-secret", "--namespace=argocd", path]);
  const response = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "admin", password: Buffer.from(encoded, "base64").toString() }),
  });
  if (!response.ok) throw new Error(`Argo CD refused the login of admin: ${response.status} ${await response.text()}`);
  const { token } = (await response.json()) as { readonly token: string };
  const { host, protocol, pathname } = new URL(url);
  writePrivateFile(
    file,
    stringify({
      contexts: [{ name: host, server: host, user: host }],
      "current-context": host,
      servers: [
        {
          server: host,
          "plain-text": protocol === "http:",
          // behind a proxy only HTTP/1.1 comes through
          "grpc-web": pathname !== "/",
          "grpc-web-root-path": pathname === "/" ? "" : pathname,
        },
      ],
      users: [{ name: host, "auth-token": token }],
    }),
  );
}
