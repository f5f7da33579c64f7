import { UserError } from "../errors/user-error.ts";
import { type BreakGlass, requireBreakGlass } from "./break-glass.ts";
import type { EnvironmentDefinition } from "./environment.ts";
import { requireName, requireUniqueNames } from "./name.ts";
import type { ServiceDefinition } from "./service.ts";
import type { PodSecurityLevel } from "./pod-security-level.ts";
import type { PolicyDeviation } from "./policy-deviation.ts";
import { requirePromotionPolicy } from "./promotion-policy.ts";
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
  /** Sets of services whose pins move in one commit, because a mismatch of their versions breaks them. @default each service moves by itself */
  readonly movesTogether?: readonly (readonly ServiceDefinition[])[];
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
  /** What Argo CD leaves to people for a while. @default none */
  readonly breakGlass?: readonly BreakGlass[];
}

/** A folder of `apps/`; owned by one team. */
export interface SystemDefinition extends SystemProps {
  readonly callSite: CallSite;
}

/**
 * Defines a system.
 *
 * @throws UserError when a name cannot be used or stands twice, when a call stands twice or names a service of another system, when services cannot move
 * together, when what retires says nothing, when a gate of its promotion cannot be read, or when a break-glass override has nothing to switch off
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
  requireSets(props);
  for (const { environment, policy } of props.deviations ?? [])
    requirePromotionPolicy(`system '${props.name}' in '${environment.name}'`, policy.promotion);
  requireBreakGlass(props);
  return { ...props, callSite: CallSite.of(defineSystem) };
}

/** Each set has two services at least, of this system, with pins of their own, and in no other set. */
function requireSets({ name: system, services, movesTogether = [] }: SystemProps): void {
  const seen = new Set<ServiceDefinition>();
  for (const set of movesTogether) {
    if (set.length < 2)
      throw new UserError(`a set of system '${system}' that moves together has ${set.length} service${set.length === 1 ? "" : "s"}`, {
        hint: "name two or more",
      });
    for (const service of set) {
      const one = `'${service.name}'`;
      if (!services.includes(service)) {
        throw new UserError(`${one} is to move together with others of system '${system}', but is not one of its services`, {
          hint: `list it under services in apps/${system}/system.ts, or take it out of movesTogether`,
        });
      }
      if (service.imageOf !== undefined) {
        throw new UserError(`${one} of system '${system}' has no pin that could move: it runs the image of '${service.imageOf.name}'`, {
          hint: `name '${service.imageOf.name}' in movesTogether`,
        });
      }
      if (seen.has(service))
        throw new UserError(`${one} stands twice in movesTogether of system '${system}'`, { hint: "one set holds all that move with it" });
      seen.add(service);
    }
  }
}
