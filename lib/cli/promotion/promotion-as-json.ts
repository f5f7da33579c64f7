import type { Gate } from "../../promotion/promotion-gates.ts";
import { isRefused, type PlannedPin, type Promotion, reviewedSystems } from "./promotion.ts";

/** A promotion as programs read it. */
export function promotionAsJson(promotion: Promotion): object {
  const { from, to, systems, gates, override } = promotion;
  return {
    from: from.name,
    to: to.name,
    refused: isRefused(promotion),
    ...(override !== undefined && { override }),
    pins: systems.flatMap(({ pins }) => pins.map(pinAsJson)),
    onlyInTarget: systems.flatMap(({ onlyInTarget }) => onlyInTarget),
    gates: gates.map((gate) => gateAsJson(gate, override)),
    reviews: reviewedSystems(promotion).map(({ system, policy }) => ({ system: system.name, approvals: policy.promotion?.approvals ?? 1 })),
    differences: systems.flatMap(({ differences }) =>
      differences.map((entry) => ({ ...entry, from: entry.from ?? null, to: entry.to ?? null })),
    ),
  };
}

function pinAsJson({ key, source, target, reference, unchanged, movesWith, sourceCommit, since, backwards, skipped }: PlannedPin): object {
  return {
    key,
    source: source.toString(),
    from: target?.toString() ?? null,
    to: reference.toString(),
    unchanged,
    ...(movesWith !== undefined && { movesWith }),
    ...(sourceCommit !== undefined && { sourceCommit }),
    since: since ?? null,
    backwards,
    skipped:
      skipped?.map((version) => ({
        reference: version.reference.toString(),
        at: version.at,
        ...(version.sourceCommit !== undefined && { sourceCommit: version.sourceCommit }),
      })) ?? null,
  };
}

function gateAsJson({ name, of, passed, reason, passesAt }: Gate, override: string | undefined): object {
  const state = passed ? "passed" : override === undefined ? "refused" : "overridden";
  return { gate: name, of, state, reason, ...(passesAt !== undefined && { passesAt }) };
}
