import type { Commit } from "../../git/commit.ts";
import { deliveryFacts, whoOf } from "../../history/delivery-facts.ts";
import type { Pins } from "../../image/pins.ts";
import type { PinPeriod } from "../../rollback/pin-period.ts";
import type { GoingBack, RollbackPlan } from "./plan-rollback.ts";
import type { RollbackScope } from "./rollback-scope.ts";

/** A rollback as programs read it; what is not known is left out. */
export function rollbackAsJson({ present, version, pins, candidates, going, verdict }: RollbackPlan, scope: RollbackScope): object {
  return {
    service: `${scope.system.name}/${scope.service.name}`,
    movesTogether: scope.services.map(({ name }) => name),
    environment: scope.environment.name,
    present: { version, pins: pinsAsJson(pins), ...(present && periodAsJson(present)) },
    candidates: candidates.map(({ steps, version, pins: held, period, lastCommit, avoided, evidence }) => ({
      steps,
      version,
      pins: pinsAsJson(held),
      ...periodAsJson(period),
      lastCommit,
      avoided: avoided && { kind: avoided.kind, by: avoided.by.id },
      evidence,
    })),
    seen: verdict?.seen,
    rollback: going && goingAsJson(going),
  };
}

function goingAsJson({ target, version, moves, goOn, kept, leftOut, warnings, hold, passed, reverted }: GoingBack): object {
  return {
    steps: target.candidate?.steps,
    version,
    commit: target.commit,
    evidence: target.evidence,
    moves: moves.map(({ key, from, to }) => ({ key, from: from.toString(), to: to.toString() })),
    goOn,
    kept,
    leftOut,
    doesNotUndo: warnings,
    passes: passed,
    hold: hold && { targets: hold.targets, until: hold.until },
    takesBack: reverted && {
      commits: reverted.commits.map(commitAsJson),
      sources: [...reverted.files.keys()],
      others: reverted.others,
    },
  };
}

function pinsAsJson(pins: Pins): object {
  return Object.fromEntries([...pins].map(([key, reference]) => [key, reference.toString()]));
}

function periodAsJson({ since, until, origin }: PinPeriod): object {
  const { reason, refs } = deliveryFacts(origin);
  return {
    since: since.committedAt,
    until: until?.committedAt,
    who: whoOf(origin),
    why: origin.subject,
    reason,
    ...(refs.length > 0 && { refs }),
    origin: origin.id,
  };
}

function commitAsJson({ id, subject }: Commit): object {
  return { id, subject };
}
