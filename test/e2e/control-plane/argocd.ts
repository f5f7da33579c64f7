import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { delimiter } from "node:path";
import process from "node:process";
import { UserError } from "../../../lib/errors/user-error.ts";
import { argocdCli, type ArgocdCli } from "./argocd-cli.ts";
import { argocdPrograms, type ArgocdPorts } from "./argocd-programs.ts";
import type { Binaries } from "./binaries.ts";
import { kubectlEnvironment, type Kubectl } from "./kubectl.ts";
import type { Kubernetes } from "./kubernetes.ts";
import { runCommand } from "./run-command.ts";
import type { Run } from "./run.ts";
import { waitFor } from "./wait-for.ts";
import { writePrivateFile } from "./write-private-file.ts";

/** Argo CD's processes in a run. */
export interface Argocd {
  readonly url: string;
  readonly applicationSetWebhookUrl: string;
  readonly cli: ArgocdCli;
  /** Starts what does not run yet, and waits until all of it answers. */
  start(): Promise<void>;
  /** Waits until a process that was started again answers. */
  answers(name: string): Promise<void>;
}

/** Kinds of Argo CD's own manifests that are not applied: its Pods would be simulated, and look like a second Argo CD. */
const runningKinds = ["Deployment", "StatefulSet", "Service", "NetworkPolicy"];

/** A socket's path may have about a hundred characters. */
const longestSocket = 100;

/** Applies Argo CD's manifests without anything that runs: definitions, accounts, rights, settings. */
export async function installArgocd(kubectl: Kubectl, binaries: Binaries, options: { readonly settings: boolean }): Promise<void> {
  const left = options.settings ? [] : ["argocd-cm", "argocd-rbac-cm"];
  const documents = readFileSync(binaries.file("argocd", "files", "install.yaml"), "utf8")
    .split(/^---$/m)
    .filter((text) => !runningKinds.includes(/^kind: (\w+)$/m.exec(text)?.[1] ?? ""))
    .filter((text) => !(/^kind: ConfigMap$/m.test(text) && left.some((name) => text.includes(`\n  name: ${name}\n`))));
  await kubectl(["create", "namespace", "argocd"]);
  await kubectl(["apply", "--server-side", "--namespace=argocd", "--filename=-"], documents.join("---"));
  // argocd-server ends at once when it cannot make its default project
  await waitFor("the API server serves Argo CD's kinds", async () => {
    const served = await Promise.all(
      ["appprojects", "applications", "applicationsets"].map((kind) => kubectl(["get", kind, "--all-namespaces"])),
    );
    return served.length > 0;
  });
}

/** Prepares Argo CD's processes: ports, folders, environment. Nothing is started yet. */
export async function prepareArgocd(run: Run, binaries: Binaries, kubernetes: Kubernetes): Promise<Argocd> {
  const ports = await claimPorts(run);
  const url = `http://127.0.0.1:${ports.server}`;
  const applicationSets = `http://127.0.0.1:${ports.sets}`;
  const redisPassword = randomBytes(24).toString("hex");
  const env = argocdEnvironment(run, binaries, kubernetes, redisPassword);
  const programs = argocdPrograms(ports);
  const answers = async (name: string): Promise<void> => {
    const health = programs[name]?.health;
    if (health !== undefined) await run.waitFor(`'${name}' answers`, async () => (await fetch(health)).ok);
  };
  const launch = (name: string): void => {
    const program = programs[name];
    if (program === undefined || run.has(name)) return;
    run.start({ name, program: binaries.file("argocd", "bin", name), args: program.args.map(String), env });
  };
  return {
    url,
    applicationSetWebhookUrl: `${applicationSets}/api/webhook`,
    cli: argocdCli({
      program: binaries.file("argocd", "bin", "argocd"),
      url,
      kubectl: kubernetes.kubectl,
      env,
      file: run.path("argocd-cli"),
    }),
    answers,
    start: async () => {
      const [last = "", ...first] = Object.keys(programs).reverse();
      await startRedis(run, ports.redis, redisPassword);
      first.reverse().forEach(launch);
      await Promise.all(first.map(answers));
      launch(last);
      await answers(last);
      await run.waitFor("the applicationset controller's webhook answers", async () => (await fetch(applicationSets)).status > 0);
    },
  };
}

async function claimPorts(run: Run): Promise<ArgocdPorts> {
  const [server = 0, repo = 0, redis = 0, sets = 0, setProbe = 0, ...metrics] = await run.claimPorts(10);
  const [serverMetrics = 0, repoMetrics = 0, controllerMetrics = 0, setMetrics = 0, notifications = 0] = metrics;
  return { server, repo, redis, sets, setProbe, serverMetrics, repoMetrics, controllerMetrics, setMetrics, notifications };
}

async function startRedis(run: Run, port: number, password: string): Promise<void> {
  const name = "redis-server";
  if (run.has(name)) return;
  await runCommand(name, ["--version"]).catch((error: unknown) => {
    throw new UserError("Argo CD needs 'redis-server', and none is on the PATH", {
      hint: "install it: `apt-get install redis-server` on Debian and Ubuntu, `brew install redis` on macOS",
      cause: error,
    });
  });
  writePrivateFile(
    run.path("redis.conf"),
    [`port ${port}`, "bind 127.0.0.1", `requirepass ${password}`, 'save ""', "appendonly no", `dir ${run.makeFolder("redis")}`, ""].join(
      "\n",
    ),
  );
  run.start({ name, program: name, args: [run.path("redis.conf")] });
}

/** Nothing of the person's own settings for Argo CD, and nothing outside the run's folder. */
function argocdEnvironment(run: Run, binaries: Binaries, kubernetes: Kubernetes, redisPassword: string): NodeJS.ProcessEnv {
  const socket = run.path("ask-pass");
  if (socket.length > longestSocket) {
    throw new UserError(`the path of the cache folder is too long for a socket: '${socket}', got ${socket.length} characters`, {
      hint: `name a folder with a shorter path in KEELSON_CACHE_HOME: ${longestSocket} characters at most`,
    });
  }
  const own = Object.entries(process.env).filter(([name]) => !/^(ARGOCD|REDIS|KUBERNETES)_/.test(name));
  return {
    ...Object.fromEntries(own),
    ...kubectlEnvironment(kubernetes.kubeconfig, run.path("kubectl")),
    PATH: [...binaries.path, process.env.PATH].join(delimiter),
    REDIS_PASSWORD: redisPassword,
    TMPDIR: run.makeFolder("tmp"),
    ARGOCD_ASK_PASS_SOCK: socket,
    ARGOCD_FAKE_IN_CLUSTER: "true",
    ARGOCD_GPG_ENABLED: "false",
    ARGOCD_GNUPGHOME: run.makeFolder("gpg"),
    ARGOCD_GPG_DATA_PATH: run.makeFolder("gpg-source"),
    ARGOCD_TLS_DATA_PATH: run.makeFolder("tls"),
    ARGOCD_SSH_DATA_PATH: run.makeFolder("ssh"),
    ARGOCD_PLUGINSOCKFILEPATH: run.makeFolder("plugins"),
    ARGOCD_RECONCILIATION_TIMEOUT: "10s",
    ARGOCD_SYNC_WAVE_DELAY: "0",
  };
}
