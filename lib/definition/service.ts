import { UserError } from "../errors/user-error.ts";
import { requireName } from "./name.ts";
import { CallSite } from "./source-location.ts";
import type { Waiver } from "./waiver.ts";
import type { WorkloadClass } from "./workload-class.ts";

/** A construct and the props that all environments share. */
export interface ServiceDefinition {
  readonly name: string;
  readonly construct: WorkloadClass<never>;
  readonly props: object;
  /** Whose pins the service runs; itself unless the author named another. */
  readonly imageOf: ServiceDefinition | undefined;
  /** Order inside one Application. */
  readonly syncWave: number | undefined;
  readonly waivers: readonly Waiver[];
  readonly callSite: CallSite;
}

/** A {@link ServiceDefinition} that remembers its props' type for overlays. */
export interface ServiceOf<P extends object, N extends string = string> extends ServiceDefinition {
  readonly name: N;
  /** Never set: carries the type. */
  readonly propsOf?: P;
}

/** The props' type of a service. */
export type PropsOf<S> = S extends ServiceOf<infer P> ? P : never;

/** What an author says of a service. */
export interface ServiceProps<P extends object, N extends string> {
  /** Kubernetes name of its objects and its folder under `dist/`. */
  readonly name: N;
  readonly construct: WorkloadClass<P>;
  readonly props: NoInfer<P>;
  /** Run another service's pins, so that both always move together (a migration with the service it serves). @default its own pins */
  readonly imageOf?: ServiceDefinition;
  /**
   * Order inside one Application; lower waves first, each healthy before the next.
   * @default 0
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  readonly syncWave?: number;
  /** Rules that it does not keep for a while. @default none */
  readonly waivers?: readonly Waiver[];
}

/**
 * Defines a service.
 *
 * @throws UserError when the name cannot be used or is `namespace`, the unit that every system has
 */
export function defineService<P extends object, const N extends string>(service: ServiceProps<P, N>): ServiceOf<P, N> {
  requireName("service", service.name);
  if (service.name === "namespace") {
    throw new UserError("a service cannot be called 'namespace'", { hint: "that is the unit of what belongs to the system as a whole" });
  }
  return {
    name: service.name,
    construct: service.construct,
    props: service.props,
    imageOf: service.imageOf,
    syncWave: service.syncWave,
    waivers: service.waivers ?? [],
    callSite: CallSite.of(defineService),
  };
}
