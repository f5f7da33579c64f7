import type { Definitions } from "../definition/definitions.ts";
import type { EnvironmentDefinition } from "../definition/environment.ts";
import type { SystemDefinition } from "../definition/system.ts";
import { UserError } from "../errors/user-error.ts";

/**
 * The environment that a system's pins come from on their way into another: the one before it, of those in which the system runs.
 *
 * @param to - one in which it runs
 * @param from - what somebody asked for. @default the one before
 * @throws UserError when there is none before, or another was asked for
 */
export function promotionSource(
  { environments }: Pick<Definitions, "environments">,
  system: Pick<SystemDefinition, "name" | "environments">,
  to: EnvironmentDefinition,
  from?: string,
): EnvironmentDefinition {
  const own = environments.map(({ definition }) => definition).filter((environment) => system.environments.includes(environment));
  const before = own[own.indexOf(to) - 1];
  if (before === undefined) {
    throw new UserError(`'${to.name}' is the first environment of '${system.name}': nothing is promoted into it`, {
      hint: `set its pins: keelson image set ${system.name}/<service> <image> --environment ${to.name}`,
    });
  }
  if (from !== undefined && from !== before.name) {
    throw new UserError(`'${system.name}' is promoted into '${to.name}' from '${before.name}', got '${from}'`, {
      hint: `its way is: ${own.map(({ name }) => name).join(", ")}; leave --from out, or give --from ${before.name}`,
    });
  }
  return before;
}
