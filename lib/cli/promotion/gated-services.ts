import type { SystemDefinition } from "../../definition/system.ts";
import { UserError } from "../../errors/user-error.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { PinEvidence } from "../../evidence/pin-evidence.ts";
import { evidenceOf } from "../../evidence/seen-healthy.ts";
import { weakestEvidence } from "../../evidence/weakest-evidence.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import { type Hold, holdOn } from "../../hold/hold.ts";
import type { GatedService } from "../../promotion/promotion-gates.ts";
import { toldRollback } from "../rollback/told-rollback.ts";
import type { PlannedPin, SystemPromotion } from "./promotion.ts";

/** What gates are asked with. */
export interface GateFacts {
  readonly git: GitRepository | undefined;
  /** What was seen where the pins come from; `undefined` where nobody looked. */
  readonly observations: readonly Observation[] | undefined;
  /** Of the target. */
  readonly holds: readonly Hold[];
  /** RFC 3339 in UTC. */
  readonly now: string;
}

/**
 * The services of a system that are to move, as gates see them.
 *
 * @param way - the names of the two environments
 * @throws UserError when there is evidence, and no clone that says what ran when
 */
export function gatedServices(
  { system, policy, pins }: SystemPromotion,
  { from, to }: { readonly from: string; readonly to: string },
  facts: GateFacts,
): GatedService[] {
  const moved = pins.filter(({ unchanged }) => !unchanged);
  return [...new Set(moved.map(({ service }) => service))].map((name) => {
    const own = moved.filter(({ service }) => service === name);
    const service = name.slice(system.name.length + 1);
    return {
      system: system.name,
      name,
      policy,
      from,
      since: lastOf(own.map(({ since }) => since)),
      evidence: evidenceFor({ environment: from, system, service }, own, facts),
      rolledBack: own.flatMap(({ key, reference }) => toldRollback(facts.git, to, key, reference) ?? [])[0],
      hold: holdOn(facts.holds, system.name, service, facts.now),
    };
  });
}

/** Of the service, and of whatever else runs its image. */
function evidenceFor(
  { environment, system, service }: { readonly environment: string; readonly system: SystemDefinition; readonly service: string },
  pins: readonly PlannedPin[],
  facts: GateFacts,
): PinEvidence | undefined {
  const { observations } = facts;
  if (observations === undefined) return undefined;
  const [git, texts] = [cloneOf(facts), textsOf(pins)];
  const units = system.services.filter(({ name, imageOf }) => (imageOf ?? { name }).name === service);
  return weakestEvidence(
    units.map(({ name }) => evidenceOf(git, observations, { environment, system: system.name, service: name }, texts)),
  );
}

function cloneOf({ git }: GateFacts): GitRepository {
  if (git === undefined)
    throw new UserError("evidence names commits, and this is no clone", { hint: "run this in a clone of the GitOps repository" });
  return git;
}

function textsOf(pins: readonly PlannedPin[]): ReadonlyMap<string, string> {
  return new Map(pins.map(({ key, source }) => [key, source.toString()]));
}

/** Times of one form sort as text, and what is not known behind them. */
function lastOf(times: readonly (string | undefined)[]): string | undefined {
  return [...times].sort().at(-1);
}
