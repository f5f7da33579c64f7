import type { Change } from "./change.ts";
import type { PropsOf, ServiceDefinition } from "./service.ts";
import { CallSite } from "./source-location.ts";
import type { NamespaceProps, SystemDefinition } from "./system.ts";

/** A typed change to the props of services, or of a system's namespace unit, in one environment. */
export type OverlayDefinition =
  | { readonly services: readonly ServiceDefinition[]; readonly change: object; readonly callSite: CallSite }
  | { readonly namespaceOf: SystemDefinition; readonly change: object; readonly callSite: CallSite };

/**
 * Changes one service, or a list of services of one construct, in the environment whose `overlays.ts` lists it.
 *
 * @param services - by reference, so that a misspelt name does not compile
 * @param change - key by key; see {@link Change}
 */
export function overlay<S extends ServiceDefinition>(services: S | readonly S[], change: NoInfer<Change<PropsOf<S>>>): OverlayDefinition {
  return { services: isList(services) ? services : [services], change: change, callSite: CallSite.of(overlay) };
}

/** Changes what belongs to a system as a whole (quota, limits, ExternalSecrets) in one environment. */
export function overlayNamespace(system: SystemDefinition, change: Change<NamespaceProps>): OverlayDefinition {
  return { namespaceOf: system, change, callSite: CallSite.of(overlayNamespace) };
}

function isList<S>(services: S | readonly S[]): services is readonly S[] {
  return Array.isArray(services);
}
