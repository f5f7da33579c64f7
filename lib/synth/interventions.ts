import type { BreakGlass } from "../definition/break-glass.ts";
import type { Hold } from "../hold/hold.ts";
import { applicationsOf } from "./application-names.ts";
import type { ResolvedSystem } from "./resolve-systems.ts";

/** What people laid over an Application for a while, ended or not: rendering does not ask for the day. */
export interface Interventions {
  /** Of the whole environment first, then of its system, then of its services. */
  readonly holds: readonly Hold[];
  readonly breakGlass: BreakGlass | undefined;
}

/**
 * The interventions on an Application of a system. The namespace unit has none where it is an Application of its own: no pin of it moves, and its fences stay
 * as Git says.
 *
 * @param unit - what the Application holds; `undefined`: the whole system
 */
export function interventionsOn(
  { system, environment, holds }: Pick<ResolvedSystem, "system" | "environment" | "holds">,
  unit: string | undefined,
): Interventions {
  if (unit === "namespace") return { holds: [], breakGlass: undefined };
  const own = system.services.filter(({ name }) => unit === undefined || name === unit);
  // a service whose image is another's moves with that one
  const moving = [...new Set(own.map((service) => `${system.name}/${(service.imageOf ?? service).name}`))];
  return {
    holds: ["*", system.name, ...moving].flatMap((target) => holds.filter((hold) => hold.target === target)),
    breakGlass: system.breakGlass?.find(
      (entry) => entry.environment === environment && (entry.services ?? system.services).some((service) => own.includes(service)),
    ),
  };
}

/** The interventions on every Application that has any, by its name. */
export function allInterventions(systems: readonly ResolvedSystem[]): Map<string, Interventions> {
  return new Map(
    systems
      .flatMap((entry) => applicationsOf(entry).map(({ name, unit }) => [name, interventionsOn(entry, unit)] as const))
      .filter(([, { holds, breakGlass }]) => holds.length > 0 || breakGlass !== undefined),
  );
}
