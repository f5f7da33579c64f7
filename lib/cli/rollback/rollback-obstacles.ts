import { UserError } from "../../errors/user-error.ts";
import { holdOn } from "../../hold/hold.ts";
import { holdsFile, readHolds } from "../../hold/holds.ts";
import { openFreeze } from "../../promotion/open-freeze.ts";
import type { Candidates } from "../../rollback/candidate.ts";
import { isDegraded } from "../../rollback/pick-candidate.ts";
import type { ProjectFiles } from "../project-files.ts";
import type { RollbackTarget } from "./choose-target.ts";
import type { RollbackScope } from "./rollback-scope.ts";

/** @throws UserError that says why each state was passed over, where none is left */
export function requireCandidate(
  target: RollbackTarget | undefined,
  { system, service, environment }: RollbackScope,
  { candidates, present }: Candidates,
): RollbackTarget {
  if (target !== undefined) return target;
  const subject = `'${system.name}/${service.name}' in '${environment.name}'`;
  if (candidates.length === 0) {
    throw new UserError(`there is nothing to go back to for ${subject}`, {
      hint: present === undefined ? "its pins are not committed yet" : "nothing else ran there yet",
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
  const file = holdsFile(environment.name);
  const { holds } = readHolds(project.read(file), file);
  const instant = now.toISOString();
  const inForce = new Set(
    services.map(({ name }) => holdOn(holds.values(), system.name, name, instant)).filter((hold) => hold !== undefined),
  );
  const freeze = openFreeze(policy, instant);
  return [
    ...[...inForce].map(({ target, until, by, reason }) => `the hold of '${target}' by ${by} until ${until}: ${reason}`),
    ...(freeze === undefined ? [] : [`the freeze until ${freeze.until}: ${freeze.freeze.reason}`]),
  ];
}
