import { instantOf } from "../../definition/instant.ts";
import type { Hold } from "../../hold/hold.ts";
import { holdsFile, readHolds } from "../../hold/holds.ts";
import { writeHold } from "../../hold/write-hold.ts";
import { givenUntil } from "../given-until.ts";
import type { ProjectFiles } from "../project-files.ts";
import type { RollbackOptions } from "./rollback-options.ts";
import type { RollbackScope } from "./rollback-scope.ts";

const defaultHours = 72;

/** The holds that a rollback sets, so that no pipeline moves the pins forward again. */
export interface RollbackHold {
  /** `environments/dev/holds.yaml`. */
  readonly file: string;
  /** The file as it shall be. */
  readonly text: string;
  /** RFC 3339 in UTC. */
  readonly until: string;
  /** `<system>/<service>`. */
  readonly targets: readonly string[];
}

/**
 * The holds of a rollback: where pins move without a pull request, or somebody gave `--hold-until`. One that is there and ends later stays.
 *
 * @param version - what the pins go back to
 * @param by - who
 * @param now - RFC 3339 in UTC
 * @throws UserError when `--hold-until` is no instant ahead
 */
export function rollbackHold(
  project: ProjectFiles,
  { environment, system, services, policy }: RollbackScope,
  { hold, holdUntil, reason, refs }: RollbackOptions,
  { version, by, now }: { readonly version: string; readonly by: string; readonly now: Date },
): RollbackHold | undefined {
  if (!hold || (holdUntil === undefined && policy.approval === "pull-request")) return undefined;
  const until = holdUntil === undefined ? hoursFrom(now) : givenUntil("--hold-until", holdUntil, now);
  const file = holdsFile(environment.name);
  const before = project.read(file);
  const { holds } = readHolds(before, file);
  const targets = services
    .map(({ name }) => `${system.name}/${name}`)
    .filter((target) => {
      const known = holds.get(target);
      return known === undefined || known.until < until;
    });
  const entry = (target: string): Omit<Hold, "line"> => ({
    target,
    until,
    by,
    reason: `rolled back to ${version}${reason === undefined ? "" : `: ${reason}`}`,
    ticket: refs?.[0],
  });
  if (targets.length === 0) return undefined;
  let text = before;
  for (const target of targets) text = writeHold(text, file, entry(target));
  return { file, text: text ?? "", until, targets };
}

function hoursFrom(now: Date): string {
  return instantOf(new Date(now.getTime() + defaultHours * 3_600_000));
}
