import type { Rule } from "../rule.ts";
import { MissingPods } from "../selectors/missing-pods.ts";
import { findObjectSelectors } from "../selectors/object-selectors.ts";
import { findSchedulingSelectors } from "../selectors/scheduling-selectors.ts";

/** The API server takes any selector; one that takes no Pod protects, spreads, scrapes or limits nothing, and nothing turns red. */
export const selectorMatches: Rule = {
  id: "selector-matches",
  severity: "error",
  subject: "references",
  title: "Every selector of Pods takes some, and what spreads Pods takes its own.",
  reason: "The API server takes any selector; one that takes no Pod protects, spreads, scrapes or limits nothing, and nothing turns red.",
  fix: "Mend the labels of the selector, or take the object away with the workload that it was for.",
  needs: "manifests",
  check(facts) {
    const pods = new MissingPods(facts);
    return [...findObjectSelectors(pods), ...findSchedulingSelectors(pods)];
  },
};
