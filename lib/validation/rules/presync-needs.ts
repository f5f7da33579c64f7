import { objectName } from "../../manifest/manifest.ts";
import { stepName } from "../../manifest/sync-step.ts";
import { lateNeeds } from "../waves/late-needs.ts";
import type { Rule } from "../rule.ts";

/** A PreSync hook runs before anything of its Application is there. */
export const presyncNeeds: Rule = {
  id: "presync-needs",
  severity: "error",
  subject: "argocd",
  title: "No PreSync hook needs what the same sync makes: Secrets, ConfigMaps, its ServiceAccount, claims.",
  reason:
    "A PreSync hook runs before anything of its Application is applied: the first sync waits for the hook, and the hook for the sync.",
  fix: "Make it a Sync hook in a wave of its own, after what it needs and before what needs it.",
  needs: "definitions",
  check: (facts) =>
    lateNeeds(facts)
      .filter(({ step }) => step.phase === "PreSync")
      .map(({ workload, need, needStep }) => ({
        message: `${objectName(workload.document)} runs before the sync (PreSync), but needs ${objectName(need.document)} of ${stepName(needStep)}`,
        hint: "make it a Sync hook in a wave after what it needs, and before what needs it",
        manifest: workload,
      })),
};
