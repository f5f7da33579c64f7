import type { EnvironmentDefinition } from "./environment.ts";
import type { EnvironmentPolicy } from "./environment-policy.ts";
import type { SystemDefinition } from "./system.ts";

/** The policy of a system in an environment: the environment's, with the system's deviations laid over. */
export function policyOf(system: Pick<SystemDefinition, "deviations">, environment: EnvironmentDefinition): EnvironmentPolicy {
  const own = (system.deviations ?? []).filter((deviation) => deviation.environment === environment);
  return own.reduce((policy, deviation) => ({ ...policy, ...deviation.policy }), environment.policy);
}
