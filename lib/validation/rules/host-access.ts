import { findExposedPods } from "../exposure/exposed-pods.ts";
import { findExposedServices } from "../exposure/exposed-services.ts";
import type { Rule } from "../rule.ts";

/** What is open past the ingress has no TLS, no limit and no log of it; what takes an address takes other systems' traffic. */
export const hostAccess: Rule = {
  id: "host-access",
  severity: "error",
  subject: "security",
  title: "Nobody comes in past the ingress, takes addresses of others, or needs ports that are root's.",
  reason: "What is open past the ingress has no TLS, no limit and no log of it; what takes an address takes other systems' traffic.",
  fix: "Make it a ClusterIP Service behind an Ingress, and serve a port from 1024 on.",
  needs: "manifests",
  check: (facts) => [...findExposedServices(facts), ...findExposedPods(facts)],
};
