import { UserError } from "../errors/user-error.ts";
import type { ClusterDefinition } from "./cluster.ts";
import type { ConstructChange } from "./construct-change.ts";
import type { EnvironmentPolicy } from "./environment-policy.ts";
import { requireName, requireUniqueNames } from "./name.ts";
import { requirePromotionPolicy } from "./promotion-policy.ts";
import { CallSite } from "./source-location.ts";
import type { TeamDefinition } from "./team.ts";
import type { Waiver } from "./waiver.ts";

/** Names that are folders of `dist/` beside the environments' own, or of `dist/argocd/<control-plane>/`. */
const reservedNames: ReadonlySet<string> = new Set(["argocd", "bootstrap", "clusters", "expanded", "platform"]);

/** What an author says of an environment. */
export interface EnvironmentProps {
  readonly name: string;
  /** Where it runs: at least one. */
  readonly clusters: readonly [ClusterDefinition, ...ClusterDefinition[]];
  readonly policy: EnvironmentPolicy;
  /** What public hosts end in. */
  readonly domain: string;
  /** Where its secrets come from. @default no store: a construct that needs one says so */
  readonly secretStore?: { readonly name: string; readonly kind: "ClusterSecretStore" | "SecretStore" };
  /** Who may start a sync in it. @default the team of each system */
  readonly syncedBy?: readonly TeamDefinition[];
  /** Changes for all services of a construct, laid over before the overlays. @default none */
  readonly changes?: readonly ConstructChange[];
  /** Rules that it does not keep for a while. @default none */
  readonly waivers?: readonly Waiver[];
}

/** dev, staging, production: clusters, policy, and through the registry overlays and image pins. */
export interface EnvironmentDefinition extends EnvironmentProps {
  readonly callSite: CallSite;
}

/**
 * Defines an environment.
 *
 * @throws UserError when the name cannot be used or would meet another folder of `dist/`, a cluster is listed twice, or a
 * gate of its promotion cannot be read
 */
export function defineEnvironment(props: EnvironmentProps): EnvironmentDefinition {
  requireName("environment", props.name, 20);
  if (reservedNames.has(props.name)) {
    throw new UserError(`an environment cannot be called '${props.name}'`, {
      hint: `these names are taken: ${[...reservedNames].map((name) => `'${name}'`).join(", ")}`,
    });
  }
  requireUniqueNames(`cluster of environment '${props.name}'`, props.clusters);
  requirePromotionPolicy(`environment '${props.name}'`, props.policy.promotion);
  return { ...props, callSite: CallSite.of(defineEnvironment) };
}
