import { existsSync } from "node:fs";
import process from "node:process";
import { UserError } from "../../../lib/errors/user-error.ts";
import { argocdCli } from "./argocd-cli.ts";
import type { ControlPlane } from "./control-plane.ts";
import { startGitServer } from "./git-server.ts";
import { kubectlFor, type Kubectl } from "./kubectl.ts";
import { argocdVersion } from "./module-recipes.ts";
import { runCommand } from "./run-command.ts";
import { Run } from "./run.ts";

/** What is known of somebody else's cluster once it was looked at. */
interface ExternalCluster {
  readonly kubectl: Kubectl;
  readonly context: string;
  /** The address by which its repo-server reaches this machine. */
  readonly gitHost: string;
  readonly argocdVersion: string;
  /** Path of argocd-server behind the API server's proxy; `undefined` where an address was given. */
  readonly proxyPath: string | undefined;
}

/** Paths of argocd-server behind the API server's proxy, as it serves: with TLS, or without. */
const proxyPaths = ["https:argocd-server:443", "http:argocd-server:80"].map(
  (service) => `/api/v1/namespaces/argocd/services/${service}/proxy`,
);

/** The kubeconfig that `KEELSON_E2E_KUBECONFIG` names; `undefined` where the tests are to start a control plane of their own. */
export function externalKubeconfig(): string | undefined {
  return given("KEELSON_E2E_KUBECONFIG");
}

/**
 * Looks whether a cluster has what the tests need, without changing anything.
 *
 * @param kubeconfig - whose current context is the cluster
 * @throws UserError that lists everything that is missing
 */
export async function checkExternalCluster(kubeconfig: string): Promise<ExternalCluster> {
  const kubectl = kubectlFor("kubectl", { KUBECONFIG: kubeconfig });
  const missing: string[] = [];
  const need = async <T>(what: string, look: () => Promise<T>, otherwise: T): Promise<T> =>
    look().catch((error: unknown) => {
      missing.push(`${what}: ${firstLine(error)}`);
      return otherwise;
    });
  await need("git on the PATH", () => runCommand("git", ["--version"]), "");
  const gitHost = given("KEELSON_E2E_GIT_HOST") ?? "";
  if (gitHost === "") missing.push("KEELSON_E2E_GIT_HOST, the address of this machine as the cluster's Pods reach it: got none");
  const hasKubectl = (await need("kubectl on the PATH", () => runCommand("kubectl", ["version", "--client"]), "")) !== "";
  // kubectl takes another cluster where the file is not there
  const hasFile = existsSync(kubeconfig);
  if (!hasFile) missing.push(`a kubeconfig at '${kubeconfig}': got no such file`);
  const ready =
    hasKubectl &&
    hasFile &&
    (await need(`a cluster that answers to '${kubeconfig}'`, () => kubectl(["get", "--raw", "/readyz"]), "")) !== "";
  const context = ready ? (await kubectl(["config", "current-context"])).trim() : "";
  const { version, proxyPath } = ready
    ? await need("Argo CD in namespace 'argocd'", () => findArgocd(kubectl), { version: "", proxyPath: undefined })
    : { version: "", proxyPath: undefined };
  const wanted = argocdVersion();
  if (version !== "" && minor(version) !== minor(wanted)) missing.push(`Argo CD ${minor(wanted)}: got ${version}`);
  if (missing.length > 0) {
    throw new UserError(
      `the cluster of KEELSON_E2E_KUBECONFIG lacks what the tests need:\n${missing.map((line) => `  - ${line}`).join("\n")}`,
      {
        hint: "docs/end-to-end-tests.md says how each of them is provided; without KEELSON_E2E_KUBECONFIG a control plane is built and started",
      },
    );
  }
  return { kubectl, context, gitHost, argocdVersion: version, proxyPath };
}

/** The cluster that is there already, with a Git server of this run beside it. Argo CD's own settings are not touched. */
export async function startExternalCluster(kubeconfig: string): Promise<ControlPlane> {
  const { kubectl, context, gitHost, argocdVersion, proxyPath } = await checkExternalCluster(kubeconfig);
  const run = Run.create();
  try {
    const start = performance.now();
    const git = await startGitServer(run, gitHost);
    const argocdUrl = given("KEELSON_E2E_ARGOCD_URL") ?? `${await startProxy(run, kubeconfig)}${proxyPath ?? ""}`;
    const environment = { ...process.env, KUBECONFIG: kubeconfig };
    return {
      kubeconfig,
      context,
      external: true,
      argocdVersion,
      argocdUrl: argocdUrl.replace(/\/$/, ""),
      applicationSetWebhookUrl: undefined,
      git,
      folder: run.folder,
      startup: { git: Math.round(performance.now() - start) },
      environment,
      kubectl,
      argocd: argocdCli({ program: "argocd", url: argocdUrl, kubectl, env: environment, file: run.path("argocd-cli") }),
      startArgoCd: () => Promise.resolve(),
      restart: (name) => Promise.reject(new UserError(`'${name}' belongs to somebody else's cluster, and is not ended by a test`)),
      keep: () => {
        run.keep();
      },
      stop: () => run.stop(),
    };
  } catch (error) {
    await run.stop();
    throw error;
  }
}

/** Lets plain HTTP through to the cluster's services, with the rights of the kubeconfig. */
async function startProxy(run: Run, kubeconfig: string): Promise<string> {
  const [port = 0] = await run.claimPorts(1);
  const env = { ...process.env, KUBECONFIG: kubeconfig };
  run.start({ name: "kubectl-proxy", program: "kubectl", args: ["proxy", `--port=${port}`, "--address=127.0.0.1"], env });
  const url = `http://127.0.0.1:${port}`;
  await run.waitFor("the proxy of the API server answers", async () => (await fetch(`${url}/readyz`)).ok);
  return url;
}

async function findArgocd(kubectl: Kubectl): Promise<{ readonly version: string; readonly proxyPath: string | undefined }> {
  const url = given("KEELSON_E2E_ARGOCD_URL");
  await kubectl(["get", "namespace", "argocd"]);
  if (url !== undefined) {
    const response = await fetch(`${url.replace(/\/$/, "")}/api/version`);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return { version: versionOf(await response.text()), proxyPath: undefined };
  }
  for (const proxyPath of proxyPaths) {
    const answer = await kubectl(["get", "--raw", `${proxyPath}/api/version`]).catch(() => undefined);
    if (answer !== undefined) return { version: versionOf(answer), proxyPath };
  }
  throw new Error("service 'argocd-server' does not answer through the API server; name its address in KEELSON_E2E_ARGOCD_URL");
}

/** `v3.5.3+e2e` as `3.5.3`. */
function versionOf(answer: string): string {
  const { Version } = JSON.parse(answer) as { readonly Version: string };
  return Version.replace(/^v/, "").replace(/[+-].*$/, "");
}

function minor(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

function firstLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // kubectl says what is wrong last, and its command line first
  return error.message.trim().split("\n").at(-1) ?? error.message;
}

function given(variable: string): string | undefined {
  const value = process.env[variable];
  return value === "" ? undefined : value;
}
