import type { ClusterDefinition } from "./cluster.ts";
import type { EnvironmentDefinition } from "./environment.ts";
import type { ImagePolicy } from "./environment-policy.ts";
import { policyOf } from "./policy-of.ts";
import type { SystemDefinition } from "./system.ts";

/**
 * What a cluster asks of a system's images in an environment: the environment's policy, and digests in any case where the signature engine
 * would write them itself.
 */
export function imageAdmission(
  system: Pick<SystemDefinition, "deviations">,
  environment: EnvironmentDefinition,
  cluster: Pick<ClusterDefinition, "signatureEngine">,
): Pick<ImagePolicy, "digest"> {
  return cluster.signatureEngine === "policy-controller" ? { digest: "required" } : policyOf(system, environment).images;
}
