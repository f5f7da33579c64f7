import process from "node:process";
import { compareVersions } from "../../../lib/definition/compare-versions.ts";
import { UserError } from "../../../lib/errors/user-error.ts";
import { goEnvironment } from "./module-recipes.ts";
import { runCommand } from "./run-command.ts";

const advice =
  "install it from https://go.dev/dl/, or name a cluster with Argo CD in KEELSON_E2E_KUBECONFIG: then no control plane is built";

/**
 * Makes sure that Go is there, and new enough.
 *
 * @param required - the version needed at least, "1.26.3"
 * @param what - what it is needed for
 * @throws UserError when it is not
 */
export async function checkGo(required: string, what: string): Promise<void> {
  const version = await runCommand("go", ["env", "GOVERSION"], { env: { ...process.env, ...goEnvironment } }).catch((error: unknown) => {
    throw new UserError(`Go ${required} or newer is needed to build ${what}, and no 'go' is on the PATH`, { hint: advice, cause: error });
  });
  const installed = /^go(\d+(?:\.\d+)*)/.exec(version)?.[1];
  // a development version of Go has no number: let it try
  if (installed !== undefined && compareVersions(installed, required) < 0) {
    throw new UserError(`Go ${required} or newer is needed to build ${what}, got ${installed}`, { hint: advice });
  }
}
