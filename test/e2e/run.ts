import process from "node:process";
import { resolve } from "node:path";
import { reportError } from "../../lib/cli/report-error.ts";
import { ensureBinaries } from "./control-plane/binaries.ts";
import { checkExternalCluster, externalKubeconfig } from "./control-plane/external-cluster.ts";
import { onInterrupt } from "./control-plane/on-interrupt.ts";
import { identifySelf } from "./control-plane/process-identity.ts";
import { progressOn } from "./control-plane/progress.ts";
import { ownerVariable, Run } from "./control-plane/run.ts";
import { cleanUpStaleRuns, endRunsOf, keepLogsOf } from "./control-plane/stale-runs.ts";

/*
 * `npm run test:e2e [-- arguments of jest]`: builds what is missing, runs jest over test/e2e/scenarios/, and leaves no process behind.
 */
const project = resolve(import.meta.dirname, "../..");
const self = identifySelf();
// whatever jest starts is this process' own, and ends with it
process.env[ownerVariable] = JSON.stringify(self);
const interrupt = onInterrupt(() => endRunsOf(self));
process.exitCode = await main().catch((error: unknown) => {
  // an interrupted build fails: that is no news
  if (interrupt.exitCode() === undefined) reportError(error, { stderr: (text) => process.stderr.write(text) });
  return 2;
});
await interrupt.settled();
await endRunsOf(self);
process.exitCode = interrupt.exitCode() ?? process.exitCode;

async function main(): Promise<number> {
  await cleanUpStaleRuns();
  const kubeconfig = externalKubeconfig();
  if (kubeconfig === undefined)
    await ensureBinaries({ progress: progressOn(process.stderr), pulumi: true, kubeseal: true, registry: true });
  else await checkExternalCluster(kubeconfig);
  if (interrupt.exitCode() !== undefined) return 2;
  const code = await runJest(process.argv.slice(2));
  const logs = code === 0 || interrupt.exitCode() !== undefined ? undefined : keepLogsOf(self);
  if (logs !== undefined) process.stderr.write(`logs of the control planes: ${logs}\n`);
  return code;
}

async function runJest(args: readonly string[]): Promise<number> {
  const jest = Run.create().start({
    name: "jest",
    program: process.execPath,
    args: [
      ...["--experimental-vm-modules", "node_modules/jest/bin/jest.js"],
      ...["--config", "test/e2e/jest.config.mjs", "--runInBand", ...args],
    ],
    cwd: project,
    inherit: true,
  });
  jest.ref();
  return new Promise((settle) => {
    jest.once("exit", (code) => {
      settle(code ?? 2);
    });
  });
}
