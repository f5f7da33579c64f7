import type { Change } from "./change.ts";
import type { PropsOf, ServiceDefinition } from "./service.ts";
import { CallSite } from "./source-location.ts";
import type { NamespaceProps, SystemDefinition } from "./system.ts";

/** A typed change to the props of services, or of a system's namespace unit, in one environment. */
export type OverlayDefinition =
  | { readonly services: readonly ServiceDefinition[]; readonly change: object; readonly callSite: CallSite }
  | { readonly namespaceOf: SystemDefinition; readonly change: object; readonly callSite: CallSite };

/** The change that fits every one of the services. Of two constructs there is none: a prop that one of them has not would be lost without a word. */
type ChangeOf<S extends ServiceDefinition> =
  false extends HasProps<S, PropsOf<S>> ? "an overlay changes services of one construct" : Change<PropsOf<S>>;

/** For each service, whether its props are `P`; told by their keys, because props that are all optional are assignable to almost any others. */
type HasProps<S, P> = S extends unknown ? ([keyof PropsOf<S>, P] extends [keyof P, PropsOf<S>] ? true : false) : never;

/**
 * Changes one service, or a list of services of one construct, in the environment whose `overlays.ts` lists it.
 *
 * @param services - by reference, so that a misspelt name does not compile
 * @param change - key by key; see {@link Change}
 */
export function overlay<S extends ServiceDefinition>(services: S | readonly S[], change: NoInfer<ChangeOf<S>>): OverlayDefinition {
  return { services: isList(services) ? services : [services], change: change as object, callSite: CallSite.of(overlay) };
}

/** Changes what belongs to a system as a whole (quota, limits, ExternalSecrets) in one environment. */
export function overlayNamespace(system: SystemDefinition, change: Change<NamespaceProps>): OverlayDefinition {
  return { namespaceOf: system, change, callSite: CallSite.of(overlayNamespace) };
}

function isList<S>(services: S | readonly S[]): services is readonly S[] {
  return Array.isArray(services);
}
