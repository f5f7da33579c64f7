import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { findClaimConflicts } from "../rollout/claim-conflicts.ts";
import { findCrampedRollouts } from "../rollout/cramped-rollouts.ts";
import { findStalledRollouts } from "../rollout/stalled-rollouts.ts";
import type { Rule } from "../rule.ts";

/** A rollout that cannot go on leaves old and new Pods side by side, and Argo CD waiting. */
export const rolloutProceeds: Rule = {
  id: "rollout-proceeds",
  severity: "error",
  subject: "availability",
  title: "Every rollout can start, find room for its Pods and come to its end.",
  reason: "A rollout that cannot go on leaves old and new Pods side by side, and Argo CD waiting until the deadline.",
  fix: "Leave a rollout a Pod more or a Pod less, a place to put it, and time to become ready.",
  needs: "manifests",
  check: (facts: RepositoryFacts) => [...findStalledRollouts(facts), ...findClaimConflicts(facts), ...findCrampedRollouts(facts)],
};
