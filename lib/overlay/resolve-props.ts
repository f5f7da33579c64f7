import type { ServiceDefinition } from "../definition/service.ts";
import type { CallSite } from "../definition/source-location.ts";
import type { RegisteredEnvironment } from "../definition/definitions.ts";
import type { SystemDefinition } from "../definition/system.ts";
import { applyChange } from "./apply-change.ts";

/** One of the things that the props of a unit come from. */
export interface PropsLayer {
  readonly kind: "definition" | "environment" | "overlay";
  readonly change: object;
  readonly callSite: CallSite;
}

/**
 * The layers of a service's props in an environment, in the one order of precedence: the definition, the environment's changes for all
 * services of the construct, the overlays in the order of their file. (Image pins are no props and come last of all.)
 */
export function layersOf(service: ServiceDefinition, environment: RegisteredEnvironment): PropsLayer[] {
  return [
    { kind: "definition", change: service.props, callSite: service.callSite },
    ...(environment.definition.changes ?? [])
      .filter(({ construct }) => construct === service.construct)
      .map(({ change, callSite }) => ({ kind: "environment" as const, change, callSite })),
    ...environment.overlays
      .filter((entry) => "services" in entry && entry.services.includes(service))
      .map(({ change, callSite }) => ({ kind: "overlay" as const, change, callSite })),
  ];
}

/** The layers of what belongs to a system as a whole in an environment: the definition, then the overlays. */
export function namespaceLayersOf(system: SystemDefinition, { overlays }: RegisteredEnvironment): PropsLayer[] {
  return [
    { kind: "definition", change: system.namespace ?? {}, callSite: system.callSite },
    ...overlays
      .filter((entry) => "namespaceOf" in entry && entry.namespaceOf === system)
      .map(({ change, callSite }) => ({ kind: "overlay" as const, change, callSite })),
  ];
}

/** The props that the layers give together; merged late, so that `explain` can fold them one by one. */
export function resolveProps(layers: readonly PropsLayer[]): object {
  return layers.reduce((props, { change }) => applyChange(props, change), {});
}
