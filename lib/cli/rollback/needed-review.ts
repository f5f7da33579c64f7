import { policyOf } from "../../definition/policy-of.ts";
import type { Definitions } from "../../definition/definitions.ts";
import { environmentOfPath } from "../../manifest/dist-paths.ts";
import type { RevertedConfig } from "./revert-config.ts";
import type { RollbackScope } from "./rollback-scope.ts";

/**
 * What of a rollback may change by a reviewed pull request only: its own environment, or that of others which change with it.
 *
 * @returns for messages: `'shop' in 'production'`; `undefined`: nothing
 */
export function neededReview(
  { repository, environments, systems }: Definitions,
  { policy, system, environment }: RollbackScope,
  reverted: RevertedConfig | undefined,
): string | undefined {
  if (policy.approval === "pull-request") return `'${system.name}' in '${environment.name}'`;
  for (const whole of reverted?.others ?? []) {
    const path = whole.slice(repository.output.length + 1);
    const found = environments.find(({ definition }) => definition.name === environmentOfPath(path))?.definition;
    // what belongs to a whole cluster, or to Argo CD itself
    if (found === undefined) return `'${whole}'`;
    const own = systems.find(({ name }) => name === path.split("/")[2]);
    const { approval } = own === undefined || !path.startsWith(`${found.name}/`) ? found.policy : policyOf(own, found);
    if (approval === "pull-request") return `'${whole}'`;
  }
  return undefined;
}
