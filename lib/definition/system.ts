import { UserError } from "../errors/user-error.ts";
import type { EnvironmentPolicy } from "./environment-policy.ts";
import type { EnvironmentDefinition } from "./environment.ts";
import { requireName, requireUniqueNames } from "./name.ts";
import type { ServiceDefinition } from "./service.ts";
import type { PodSecurityLevel } from "./pod-security-level.ts";
import { requireRetiring, type RetiringPermissions } from "./retiring.ts";
import { CallSite } from "./source-location.ts";
import type { SyncWindow } from "./sync-window.ts";
import type { TeamDefinition } from "./team.ts";
import type { Waiver } from "./waiver.ts";
import type { ExternalSecretSpec } from "./external-secret.ts";
import type { SealedSecretSpec } from "./sealed-secret.ts";

/** Who may call whom: yields the callee's ingress and the caller's egress. */
export interface Call {
  readonly from: ServiceDefinition;
  readonly to: ServiceDefinition;
}

/** What belongs to a system as a whole in each environment. */
export interface NamespaceProps {
  /** What the API server enforces. @default PodSecurityLevel.restricted() */
  readonly podSecurity?: PodSecurityLevel;
  /** Hard limits of the ResourceQuota, by resource name: `{ "requests.cpu": "4" }`. @default no quota */
  readonly quota?: Readonly<Record<string, string>>;
  /** What a container without resources gets. @default no LimitRange */
  readonly containerDefaults?: { readonly requests?: Readonly<Record<string, string>>; readonly limits?: Readonly<Record<string, string>> };
  /** Secrets that services of the system share, by the name of the Secret. @default none */
  readonly externalSecrets?: Readonly<Record<string, ExternalSecretSpec>>;
  /** The same for those whose ciphertext is in Git, by the name of the Secret. @default none */
  readonly sealedSecrets?: Readonly<Record<string, SealedSecretSpec>>;
}

/** What a system does other than the environment's policy says. */
export interface PolicyDeviation {
  readonly environment: EnvironmentDefinition;
  readonly policy: Partial<EnvironmentPolicy>;
  /** Why, for whoever reviews the definition. */
  readonly reason: string;
}

/** What an author says of a system. */
export interface SystemProps {
  /** Its folder under `apps/` and part of every name: Namespace `<system>-<environment>`. */
  readonly name: string;
  readonly team: TeamDefinition;
  readonly environments: readonly EnvironmentDefinition[];
  /**
   * What is one Application: every unit, the whole system, or the whole system with an ApplicationSet that makes the Applications.
   */
  readonly applications: "per-service" | "per-system" | "application-set";
  readonly services: readonly ServiceDefinition[];
  /** @default no service may call another */
  readonly calls?: readonly Call[];
  readonly namespace?: NamespaceProps;
  /** Where its images come from. @default the organization's registry */
  readonly registry?: string;
  /** @default the policy of each environment */
  readonly deviations?: readonly PolicyDeviation[];
  /** Applied to the Applications that hold services, never to the `namespace` unit. @default none */
  readonly syncWindows?: readonly { readonly environment: EnvironmentDefinition; readonly windows: readonly SyncWindow[] }[];
  /** Whether its Pods join the cluster's mesh. @default no */
  readonly mesh?: "ambient" | "sidecar";
  /** Permissions that its AppProjects keep until what they were for is gone. @default none */
  readonly retiring?: readonly (RetiringPermissions & { readonly environment: EnvironmentDefinition })[];
  /** Rules that it does not keep for a while. @default none */
  readonly waivers?: readonly Waiver[];
}

/** A folder of `apps/`; owned by one team. */
export interface SystemDefinition extends SystemProps {
  readonly callSite: CallSite;
}

/**
 * Defines a system.
 *
 * @throws UserError when a name cannot be used or stands twice, when a call stands twice or names a service of another system, or when what retires says
 * nothing
 */
export function defineSystem(props: SystemProps): SystemDefinition {
  requireName("system", props.name);
  requireUniqueNames(`service of system '${props.name}'`, props.services);
  requireUniqueNames(`environment of system '${props.name}'`, props.environments);
  const retiring = (props.retiring ?? []).map((entry) => ({ ...entry, scope: entry.environment }));
  requireRetiring(props.name, retiring, props.environments);
  for (const service of (props.calls ?? []).flatMap(({ from, to }) => [from, to])) {
    if (!props.services.includes(service)) {
      throw new UserError(`a call of system '${props.name}' names '${service.name}', which is not one of its services`, {
        hint: `list '${service.name}' under services in apps/${props.name}/system.ts, or take the call out`,
      });
    }
  }
  const pairs = (props.calls ?? []).map(({ from, to }) => `'${from.name}' to '${to.name}'`);
  const twice = pairs.find((pair, index) => pairs.indexOf(pair) !== index);
  if (twice !== undefined) throw new UserError(`the call from ${twice} of system '${props.name}' is listed twice`);
  return { ...props, callSite: CallSite.of(defineSystem) };
}
