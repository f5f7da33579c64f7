import { UserError } from "../../errors/user-error.ts";
import { heldBy, holdOn } from "../../hold/hold.ts";
import { openFreeze } from "../../promotion/open-freeze.ts";
import type { Candidates } from "../../rollback/candidate.ts";
import { isDegraded } from "../../rollback/pick-candidate.ts";
import type { ProjectFiles } from "../project-files.ts";
import { readHoldsOf } from "../read-holds.ts";
import type { RollbackTarget } from "./choose-target.ts";
import { nothingElse } from "./nothing-else.ts";
import type { RollbackScope } from "./rollback-scope.ts";

/** @throws UserError that says why each state was passed over, where none is left */
export function requireCandidate(
  target: RollbackTarget | undefined,
  { system, service, environment }: RollbackScope,
  { candidates, periods, present }: Candidates,
): RollbackTarget {
  if (target !== undefined) return target;
  const subject = `'${system.name}/${service.name}' in '${environment.name}'`;
  if (candidates.length === 0) {
    throw new UserError(`there is nothing to go back to for ${subject}`, {
      hint: present === undefined ? "its pins are not committed yet" : nothingElse(periods),
    });
  }
  const reasons = candidates.slice(0, 10).map(({ steps, version, avoided, evidence }) => {
    const taken = { "rolled-back": "was rolled back from", "passed-over": "was passed over by a rollback" };
    const why = avoided === undefined ? (isDegraded(evidence) ? "was last seen Degraded" : "") : taken[avoided.kind];
    return `${version} (${steps}-${steps === 1 ? "step" : "steps"}) ${why}`;
  });
  throw new UserError(`nothing good is left to go back to for ${subject}`, { hint: `choose one by --to: ${reasons.join(", ")}` });
}

/** What would stop any other move, and does not stop this one: sentences. */
export function passedStops(project: ProjectFiles, { environment, system, services, policy }: RollbackScope, now: Date): string[] {
  const { holds } = readHoldsOf(environment.name, project);
  const instant = now.toISOString();
  const inForce = new Set(
    services.map(({ name }) => holdOn(holds.values(), system.name, name, instant)).filter((hold) => hold !== undefined),
  );
  const freeze = openFreeze(policy, instant);
  return [
    ...[...inForce].map((hold) => `the hold of '${hold.target}' until ${hold.until}, by ${heldBy(hold)}`),
    ...(freeze === undefined ? [] : [`the freeze until ${freeze.until}: ${freeze.freeze.reason}`]),
  ];
}
