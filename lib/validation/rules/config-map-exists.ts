import { madeConfigMaps } from "../../manifest/made-config-maps.ts";
import type { Rule } from "../rule.ts";
import { missingReads } from "../missing-reads.ts";

/** A Pod whose ConfigMap is missing never starts. */
export const configMapExists: Rule = {
  id: "config-map-exists",
  severity: "error",
  subject: "references",
  title: "Every ConfigMap that a Pod reads is rendered in its namespace, with the keys that are read.",
  reason: "A Pod whose ConfigMap is missing never starts, and the rollout hangs.",
  fix: "Say what it holds under config or configFiles of the service, or mend the name or key.",
  needs: "manifests",
  check: (facts) =>
    missingReads(facts, {
      kind: "ConfigMap",
      made: madeConfigMaps(facts),
      advice: "say what it holds under config or configFiles of the service",
    }),
};
