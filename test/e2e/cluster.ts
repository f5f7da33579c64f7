import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { reportError } from "../../lib/cli/report-error.ts";
import { nearestNames } from "../../lib/errors/nearest-names.ts";
import { UserError } from "../../lib/errors/user-error.ts";
import { endToEndFolder } from "./control-plane/cache-folder.ts";
import type { ControlPlane } from "./control-plane/control-plane.ts";
import { withFolderLock } from "./control-plane/folder-lock.ts";
import { gitCredentialsFile } from "./control-plane/git-server.ts";
import { onInterrupt } from "./control-plane/on-interrupt.ts";
import { startOwnControlPlane } from "./control-plane/own-control-plane.ts";
import { identifySelf, isRunning } from "./control-plane/process-identity.ts";
import { progressOn } from "./control-plane/progress.ts";
import { listRuns, readRunRecord } from "./control-plane/run-record.ts";
import { cleanUpStaleRuns, endRun, endRunsOf } from "./control-plane/stale-runs.ts";
import { writePrivateFile } from "./control-plane/write-private-file.ts";
import { argocdNamespace, LiveArgoCd } from "./live-argocd.ts";

/*
 * `npm run cluster -- up|down|status`: the control plane of the end-to-end tests, for a person to play with.
 */
const commands: Readonly<Record<string, () => Promise<number>>> = { up, down, status };
/** What a person is told, beside the run's record: the addresses are known to the starting process only. */
const descriptionFile = "description.txt";
const repository = "gitops";
const progress = progressOn(process.stderr);
const self = identifySelf();
const interrupt = onInterrupt(() => endRunsOf(self));
process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (interrupt.exitCode() === undefined) reportError(error, { stderr: (text) => process.stderr.write(text) });
  return 2;
});
await interrupt.settled();
process.exitCode = interrupt.exitCode() ?? process.exitCode;

async function main([name = "", ...others]: readonly string[]): Promise<number> {
  if (["", "help", "--help", "-h"].includes(name)) {
    process.stdout.write(
      "usage: npm run cluster -- up|down|status\n\nA Kubernetes API server and an Argo CD to play with: docs/end-to-end-tests.md.\n",
    );
    return name === "" ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) && others.length === 0 ? commands[name] : undefined;
  if (command === undefined) {
    const given = [name, ...others].join(" ");
    throw new UserError(`'${given}' is not a command`, { hint: `one of ${nearestNames(name, Object.keys(commands))}` });
  }
  return command();
}

function up(): Promise<number> {
  return withFolderLock(endToEndFolder(), startUnlessUp, (pid) => {
    progress.say(`waiting for process ${pid}, which starts the cluster`);
  });
}

async function startUnlessUp(): Promise<number> {
  const kept = keptRun();
  if (kept !== undefined && endedProcesses(kept).length === 0) {
    progress.say("the cluster is up already");
    describe(kept);
    return 0;
  }
  if (kept !== undefined) {
    progress.say(`the cluster is incomplete, starting anew: ${endedProcesses(kept).join(", ")} ended`);
    await endRun(kept);
  }
  await cleanUpStaleRuns();
  const controlPlane = await startOwnControlPlane({ progress });
  // a repository to push to, which Argo CD may read already
  await controlPlane.git.createRepository(repository);
  await new LiveArgoCd(controlPlane).addRepository(repository);
  writePrivateFile(join(controlPlane.folder, descriptionFile), description(controlPlane));
  // from here on it outlives this process; after a signal it must not
  if (interrupt.exitCode() === undefined) controlPlane.keep();
  describe(controlPlane.folder);
  return 0;
}

async function down(): Promise<number> {
  const kept = keptRun();
  if (kept === undefined) progress.say("no cluster is up");
  else await progress.step("stopping the cluster", () => endRun(kept));
  return 0;
}

function status(): Promise<number> {
  const kept = keptRun();
  const ended = kept === undefined ? [] : endedProcesses(kept);
  if (kept === undefined) progress.say("no cluster is up; start one: npm run cluster -- up");
  else if (ended.length > 0) progress.say(`the cluster is incomplete: ${ended.join(", ")} ended; start anew: npm run cluster -- up`);
  else describe(kept);
  return Promise.resolve(kept === undefined || ended.length > 0 ? 1 : 0);
}

function keptRun(): string | undefined {
  return listRuns().find((folder) => readRunRecord(folder)?.kept === true);
}

function endedProcesses(folder: string): readonly string[] {
  return (readRunRecord(folder)?.processes ?? []).filter((recorded) => !isRunning(recorded)).map(({ name }) => name);
}

function describe(folder: string): void {
  process.stdout.write(readFileSync(join(folder, descriptionFile), "utf8"));
}

/** How to look at it. The passwords stay where they are: only how to read them is said. */
function description({ argocdUrl, argocdVersion, environment, folder, git, kubeconfig }: ControlPlane): string {
  const store = `credential.helper=store --file=${join(folder, gitCredentialsFile)}`;
  const password = `kubectl --namespace ${argocdNamespace} get secret argocd-initial-admin-secret --output jsonpath='{.data.password}' | base64 --decode`;
  return `Kubernetes
  export KUBECONFIG=${kubeconfig}
  export PATH=${programFolders(environment).join(":")}:$PATH

Argo CD ${argocdVersion}: ${argocdUrl} (the API; its web pages are not part of the build)
  password of admin: ${password}
  argocd login ${new URL(argocdUrl).host} --plaintext --username admin

Git: ${git.url(repository)} (empty; Argo CD may read it)
  git -c '${store}' push ${git.url(repository)} HEAD:main
  user and password: cat ${join(folder, gitCredentialsFile)}

logs: ${join(folder, "log")}
stop: npm run cluster -- down
`;
}

/** The folders in front of the person's own PATH. */
function programFolders(environment: NodeJS.ProcessEnv): readonly string[] {
  const path = environment.PATH ?? "";
  return (
    path
      .slice(0, path.length - (process.env.PATH ?? "").length)
      .split(":")
      // without the language host and the provider, which are not built here, Pulumi does nothing
      .filter((folder) => folder !== "" && !folder.includes("/pulumi-"))
  );
}
