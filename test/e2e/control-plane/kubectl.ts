import process from "node:process";
import { runCommand } from "./run-command.ts";

/** Runs kubectl against one cluster; gives what it printed, rejects with its standard error. */
export type Kubectl = (args: readonly string[], input?: string) => Promise<string>;

/** What a kubectl needs to find: the cluster, and a place for its notes on the API other than the person's own. */
export function kubectlEnvironment(kubeconfig: string, cacheFolder: string): NodeJS.ProcessEnv {
  return { KUBECONFIG: kubeconfig, KUBECACHEDIR: cacheFolder };
}

/**
 * A {@link Kubectl}.
 *
 * @param program - kubectl itself
 * @param environment - what {@link kubectlEnvironment} says
 */
export function kubectlFor(program: string, environment: NodeJS.ProcessEnv): Kubectl {
  const env = { ...process.env, ...environment };
  return (args, input) => runCommand(program, args, { env, ...(input === undefined ? {} : { input }) });
}
