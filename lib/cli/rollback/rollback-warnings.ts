import type { Commit } from "../../git/commit.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import { shortId } from "../../git/short-id.ts";
import { deliveryFacts } from "../../history/delivery-facts.ts";
import type { Pins } from "../../image/pins.ts";
import { leftStanding, type LeftStanding } from "../../rollback/left-standing.ts";
import { migrationsSince } from "../../rollback/migrations.ts";
import type { PinPeriod } from "../../rollback/pin-period.ts";
import { unitObjects, type Units } from "../../rollback/unit-objects.ts";
import type { RollbackScope } from "./rollback-scope.ts";

/** Something that a rollback of pins does not undo. */
export interface RollbackWarning {
  readonly kind: LeftStanding["kind"] | "migration" | "breaking-change";
  /** The object, or the commit that says so. */
  readonly about: string;
  readonly message: string;
}

/** Between which states. */
export interface RolledBackSpan {
  /** The pins to go back to, and the commit with whose configuration they ran. */
  readonly target: { readonly pins: Pins; readonly commit: string };
  readonly present: Pins;
  /** What ran since, oldest first; the present is the last one. */
  readonly undone: readonly PinPeriod[];
}

/** What stands between two states beside the pins, as Git has it. */
export function rollbackWarnings(
  git: GitRepository,
  { units }: Pick<RollbackScope, "units">,
  { target, present, undone }: RolledBackSpan,
): RollbackWarning[] {
  const now = { objects: unitObjects(git, "HEAD", units), pins: present };
  const then = { objects: unitObjects(git, target.commit, units), pins: target.pins };
  const states = undone.map(({ until, spellings }) => ({
    pins: spellings.at(-1) ?? new Map(),
    objects: until?.parents[0] === undefined ? now.objects : unitObjects(git, until.parents[0], units),
  }));
  return [
    ...migrationsSince(states, target.pins).map(({ object, versions, runsAgain }): RollbackWarning => {
      const again = runsAgain ? ", and it runs again with the older image" : "";
      return {
        kind: "migration",
        about: object,
        message: `${object} ran with ${versions.join(", ")}: what it did to a schema or to data stays${again}`,
      };
    }),
    ...[...leftStanding({ then, now }), ...sharedSecrets(git, units, target)].map(({ kind, object, message }) => ({
      kind,
      about: object,
      message,
    })),
    ...breakingChanges(undone),
  ];
}

/** What services of the system share belongs to none of them; of that only secrets matter. */
function sharedSecrets(git: GitRepository, units: Units, { pins, commit }: RolledBackSpan["target"]): LeftStanding[] {
  const shared = { ...units, names: new Set(["namespace"]) };
  const at = (revision: string): { objects: ReturnType<typeof unitObjects>; pins: Pins } => ({
    objects: unitObjects(git, revision, shared),
    pins,
  });
  return leftStanding({ then: at(commit), now: at("HEAD") }).filter(({ kind }) => kind === "secret");
}

function breakingChanges(undone: readonly PinPeriod[]): RollbackWarning[] {
  const commits = new Map<string, Commit>(undone.flatMap(({ moves }) => moves).map(({ origin }) => [origin.id, origin]));
  return [...commits.values()].flatMap((commit) => {
    const { breakingChange } = deliveryFacts(commit);
    const id = shortId(commit.id);
    return breakingChange === undefined
      ? []
      : [{ kind: "breaking-change" as const, about: id, message: `${id} (${commit.subject}) was a breaking change: ${breakingChange}` }];
  });
}
