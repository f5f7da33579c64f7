import type { EnvironmentPolicy } from "../definition/environment-policy.ts";
import { goDurationMilliseconds } from "../definition/go-duration.ts";
import type { PinEvidence } from "../evidence/pin-evidence.ts";
import { heldBy, type Hold } from "../hold/hold.ts";
import { instantAfter, millisecondsOf } from "./instant-after.ts";
import { openFreeze } from "./open-freeze.ts";

/** What can stop a promotion, and what somebody with a reason may pass. */
export type GateName = "soak" | "health" | "rolled-back" | "freeze" | "hold";

/** A gate that a promotion comes to. */
export interface Gate {
  readonly name: GateName;
  /** `<system>/<service>`, or `<system>` of what holds for all of it. */
  readonly of: string;
  readonly passed: boolean;
  /** Why, in one line. */
  readonly reason: string;
  /** When it would pass by itself; RFC 3339 in UTC. `undefined` where no time does that, and where it passes. */
  readonly passesAt: string | undefined;
}

/** A service that is to move, as its gates see it. */
export interface GatedService {
  readonly system: string;
  /** `<system>/<service>`. */
  readonly name: string;
  /** Of the environment that it moves into. */
  readonly policy: EnvironmentPolicy;
  /** The environment that it comes from. */
  readonly from: string;
  /** Since when all of its pins have held there, as Git tells; RFC 3339 in UTC. `undefined`: one is not committed yet. */
  readonly since: string | undefined;
  /** What was seen of it there; `undefined` where nobody looked. */
  readonly evidence: PinEvidence | undefined;
  /** Where the target went back from what is to move: that, in one line. */
  readonly rolledBack: string | undefined;
  /** What keeps it where it is. */
  readonly hold: Hold | undefined;
}

/**
 * Every gate of every service: all are evaluated, so that one refusal does not hide the next.
 *
 * @param now - RFC 3339 in UTC
 */
export function promotionGates(services: readonly GatedService[], now: string): Gate[] {
  const frozen = new Map(services.map((service) => [service.system, freezeGate(service, now)]));
  return [
    ...services.flatMap((service) => [...soakGate(service, now), ...healthGate(service), ...rolledBackGate(service)]),
    ...[...frozen.values()].flat(),
    ...services.flatMap(holdGate),
  ];
}

function soakGate({ name, policy: { promotion }, from, since, evidence }: GatedService, now: string): Gate[] {
  if (promotion?.soak === undefined) return [];
  const { soak } = promotion;
  const healthy = evidence === undefined ? since : evidence.healthySince;
  const gate = { name: "soak", of: name } as const;
  if (since === undefined || healthy === undefined) {
    const reason = since === undefined ? `not committed in '${from}' yet` : `never seen Synced and Healthy in '${from}' with these pins`;
    return [{ ...gate, passed: false, reason: `${reason}; ${soak} wanted`, passesAt: undefined }];
  }
  // times of one form sort as text; what was seen before the pins were set again, is of an earlier time that they ran
  const [what, start] = healthy > since ? ["seen healthy", healthy] : ["set", since];
  const passesAt = instantAfter(start, goDurationMilliseconds("soak time", soak));
  const passed = millisecondsOf(passesAt) <= millisecondsOf(now);
  return [{ ...gate, passed, reason: `${what} in '${from}' since ${start}; ${soak} wanted`, passesAt: passed ? undefined : passesAt }];
}

function healthGate({ name, policy: { promotion }, from, evidence }: GatedService): Gate[] {
  if (promotion?.health !== "required") return [];
  const gate = { name: "health", of: name, passesAt: undefined } as const;
  if (evidence === undefined)
    return [{ ...gate, passed: false, reason: "nobody looked: give --evidence <file>, or --context <name> to ask the cluster" }];
  const { healthyAt, degradedAt } = evidence;
  if (healthyAt === undefined) return [{ ...gate, passed: false, reason: `never seen Synced and Healthy in '${from}' with these pins` }];
  if (degradedAt !== undefined && millisecondsOf(degradedAt) >= millisecondsOf(healthyAt))
    return [{ ...gate, passed: false, reason: `Degraded in '${from}' at ${degradedAt}, last Healthy at ${healthyAt}` }];
  return [{ ...gate, passed: true, reason: `Synced and Healthy in '${from}' at ${healthyAt}` }];
}

function rolledBackGate({ name, rolledBack }: GatedService): Gate[] {
  return rolledBack === undefined ? [] : [{ name: "rolled-back", of: name, passed: false, reason: rolledBack, passesAt: undefined }];
}

function freezeGate({ system, policy }: GatedService, now: string): Gate[] {
  if ((policy.promotion?.freezes ?? []).length === 0) return [];
  const gate = { name: "freeze", of: system } as const;
  const open = openFreeze(policy, now);
  if (open === undefined) return [{ ...gate, passed: true, reason: "no freeze is on", passesAt: undefined }];
  return [{ ...gate, passed: false, reason: `frozen: ${open.freeze.reason}`, passesAt: open.until }];
}

function holdGate({ name, hold }: GatedService): Gate[] {
  if (hold === undefined) return [];
  return [{ name: "hold", of: name, passed: false, reason: `'${hold.target}' is held by ${heldBy(hold)}`, passesAt: hold.until }];
}
