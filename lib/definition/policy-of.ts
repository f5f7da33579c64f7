import type { EnvironmentDefinition } from "./environment.ts";
import type { EnvironmentPolicy } from "./environment-policy.ts";
import type { PolicyDeviation } from "./policy-deviation.ts";

/** The policy of a system in an environment: the environment's, with the system's deviations laid over. */
export function policyOf(
  system: { readonly deviations?: readonly PolicyDeviation[] },
  environment: EnvironmentDefinition,
): EnvironmentPolicy {
  const own = (system.deviations ?? []).filter((deviation) => deviation.environment === environment);
  return own.reduce((policy, deviation) => ({ ...policy, ...deviation.policy }), environment.policy);
}
