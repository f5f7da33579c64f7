import type { ServiceDefinition } from "../definition/service.ts";
import type { CallSite } from "../definition/source-location.ts";
import type { RegisteredEnvironment } from "../definition/definitions.ts";
import type { OverlayDefinition } from "../definition/overlay.ts";
import type { SystemDefinition } from "../definition/system.ts";
import type { WorkloadClass } from "../definition/workload-class.ts";
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
    ...changesOf(service.construct, environment),
    ...(overlaysByService(environment.overlays).get(service) ?? []).map(({ change, callSite }) => ({
      kind: "overlay" as const,
      change,
      callSite,
    })),
  ];
}

/**
 * The layers of what belongs to a system as a whole in an environment, in the same order of precedence.
 *
 * @param construct - the one that renders it
 */
export function namespaceLayersOf(
  system: SystemDefinition,
  construct: WorkloadClass<never>,
  environment: RegisteredEnvironment,
): PropsLayer[] {
  return [
    { kind: "definition", change: system.namespace ?? {}, callSite: system.callSite },
    ...changesOf(construct, environment),
    ...environment.overlays
      .filter((entry) => "namespaceOf" in entry && entry.namespaceOf === system)
      .map(({ change, callSite }) => ({ kind: "overlay" as const, change, callSite })),
  ];
}

function changesOf(construct: WorkloadClass<never>, { definition }: RegisteredEnvironment): PropsLayer[] {
  return (definition.changes ?? [])
    .filter((entry) => entry.construct === construct)
    .map(({ change, callSite }) => ({ kind: "environment", change, callSite }));
}

const indexes = new WeakMap<readonly OverlayDefinition[], Map<ServiceDefinition, OverlayDefinition[]>>();

/** The overlays of a list by service, put in order once: going through all of them for every service is quadratic. */
function overlaysByService(overlays: readonly OverlayDefinition[]): ReadonlyMap<ServiceDefinition, readonly OverlayDefinition[]> {
  const known = indexes.get(overlays);
  if (known !== undefined) return known;
  const index = new Map<ServiceDefinition, OverlayDefinition[]>();
  for (const entry of overlays) {
    for (const service of new Set("services" in entry ? entry.services : [])) {
      const own = index.get(service);
      if (own === undefined) index.set(service, [entry]);
      else own.push(entry);
    }
  }
  indexes.set(overlays, index);
  return index;
}

/** The props that the layers give together; merged late, so that `explain` can fold them one by one. */
export function resolveProps(layers: readonly PropsLayer[]): object {
  return layers.reduce((props, { change }) => applyChange(props, change), {});
}
