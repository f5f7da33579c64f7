import { UserError } from "../errors/user-error.ts";
import { isCalendarDay } from "./calendar-day.ts";
import type { EnvironmentDefinition } from "./environment.ts";
import type { PolicyDeviation } from "./policy-deviation.ts";
import { policyOf } from "./policy-of.ts";
import type { ServiceDefinition } from "./service.ts";
import { CallSite } from "./source-location.ts";
import type { TeamDefinition } from "./team.ts";
import { Value } from "./value.ts";

/** What can be switched off for a while, and how messages name it. Whatever else may be one day is a line here, and one in `overridden-sync.ts`. */
export const switchableOff = { autoSync: "automatic sync", selfHeal: "self-heal" } as const;

/** What is switched off. */
export type SwitchedOff = keyof typeof switchableOff;

/** What an author says of a break-glass override. Exactly one of `autoSync` and `selfHeal`. */
export interface BreakGlassProps {
  readonly environment: EnvironmentDefinition;
  /** @default all services of the system; never its namespace unit, where that is an Application of its own */
  readonly services?: readonly [ServiceDefinition, ...ServiceDefinition[]];
  /** Nothing is synced unless somebody starts it; what was changed by hand stays. */
  readonly autoSync?: "off";
  /** New commits are synced; what was changed by hand stays until then. */
  readonly selfHeal?: "off";
  /** What happened, for whoever reviews the definition and whoever reads it in Argo CD. */
  readonly reason: string;
  /** The incident: `SHOP-77`, or its address. */
  readonly ticket: string;
  /** Who works on it, and takes the override out again. */
  readonly owner: TeamDefinition;
  /** The last day on which it may stand, in UTC: `2026-12-01`. From the next day on it is an error itself. */
  readonly until: string;
}

/**
 * Takes a system out of Argo CD's hands for a while, in Git: what is switched off in the cluster by hand is switched on again by the root.
 * Never more than what is on: a protection stays as it is.
 */
export class BreakGlass extends Value {
  readonly environment: EnvironmentDefinition;
  /** `undefined`: all. */
  readonly services: readonly ServiceDefinition[] | undefined;
  readonly off: SwitchedOff;
  readonly reason: string;
  readonly ticket: string;
  readonly owner: TeamDefinition;
  readonly until: string;
  readonly callSite: CallSite;

  private constructor({ environment, services, reason, ticket, owner, until, ...given }: BreakGlassProps, callSite: CallSite) {
    super();
    const about = `a break-glass override in '${environment.name}'`;
    for (const [name, text] of Object.entries({ reason, ticket })) {
      if (text.trim() === "")
        throw new UserError(`${about} has no ${name}`, { hint: "say what happened, and where it is tracked", at: callSite });
    }
    if (!isCalendarDay(until))
      throw new UserError(`${about} ends on '${until}', which is no day`, { hint: "write it as '2026-12-01'", at: callSite });
    if (services !== undefined && new Set<unknown>(services).size !== Math.max(services.length, 1)) {
      throw new UserError(`${about} names no service, or one twice`, { hint: "leave services out to mean all of them", at: callSite });
    }
    this.environment = environment;
    this.services = services;
    this.off = requireOne(given, about, callSite);
    this.reason = reason;
    this.ticket = ticket;
    this.owner = owner;
    this.until = until;
    this.callSite = callSite;
  }

  /**
   * For `breakGlass` of a system.
   *
   * @throws UserError when reason or ticket is empty, the day is none, or not exactly one thing is switched off
   */
  static readonly of = (props: BreakGlassProps): BreakGlass => new BreakGlass(props, CallSite.of(BreakGlass.of));
}

/** A system, as far as overrides ask. */
export interface OverriddenSystem {
  readonly name: string;
  readonly environments: readonly EnvironmentDefinition[];
  readonly applications: "per-service" | "per-system" | "application-set";
  readonly services: readonly ServiceDefinition[];
  readonly deviations?: readonly PolicyDeviation[];
  readonly breakGlass?: readonly BreakGlass[];
}

/** How messages name an override. */
export function breakGlassSubject(system: string, environment: string): string {
  return `the break-glass override of '${system}' in '${environment}'`;
}

/**
 * Checks the break-glass overrides of a system.
 *
 * @throws UserError when one is for what the system has not, cannot be given to single services, has nothing to switch off, or meets another one
 */
export function requireBreakGlass(system: OverriddenSystem): void {
  const taken = new Set<string>();
  for (const entry of system.breakGlass ?? []) {
    const { environment, services, off, callSite: at } = entry;
    const about = breakGlassSubject(system.name, environment.name);
    if (!system.environments.includes(environment)) throw new UserError(`${about} is in a place where the system is not`, { at });
    const stranger = services?.find((service) => !system.services.includes(service));
    if (stranger !== undefined) throw new UserError(`${about} names '${stranger.name}', which is not one of its services`, { at });
    if (services !== undefined && system.applications !== "per-service") {
      throw new UserError(`${about} names services, but the whole system is one Application`, {
        hint: "leave services out: what is switched off is switched off for all of them",
        at,
      });
    }
    requireOn(policyOf(system, environment).sync.automated, off, about, at);
    for (const { name } of services ?? system.services) {
      const key = `${environment.name}/${name}`;
      if (taken.has(key)) throw new UserError(`${about} is the second one for '${name}'`, { hint: "make them one", at });
      taken.add(key);
    }
  }
}

function requireOne(given: Pick<BreakGlassProps, SwitchedOff>, about: string, at: CallSite): SwitchedOff {
  const names = Object.keys(switchableOff) as SwitchedOff[];
  const off = names.filter((name) => given[name] !== undefined);
  const [first] = off;
  if (first !== undefined && off.length === 1 && given[first] === "off") return first;
  throw new UserError(`${about} switches off ${off.length > 1 ? "more than one thing" : "nothing"}`, {
    hint: `give one of ${names.map((name) => `${name}: "off"`).join(" and ")}; without automatic sync nothing heals either`,
    at,
  });
}

function requireOn(automated: { readonly selfHeal: boolean } | undefined, off: SwitchedOff, about: string, at: CallSite): void {
  const hint = "take the override out: hands are free already";
  if (automated === undefined)
    throw new UserError(`${about} switches off ${switchableOff[off]}, but every sync is started by hand there`, { hint, at });
  if (off === "selfHeal" && !automated.selfHeal) throw new UserError(`${about} switches off self-heal, which is off there`, { hint, at });
}
