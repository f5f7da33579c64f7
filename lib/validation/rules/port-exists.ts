import { findBackendPorts } from "../ports/backend-ports.ts";
import { findMonitorPorts } from "../ports/monitor-ports.ts";
import { findPolicyPorts } from "../ports/policy-ports.ts";
import { findProbePorts } from "../ports/probe-ports.ts";
import { findServicePorts } from "../ports/service-ports.ts";
import type { Rule } from "../rule.ts";

/** The API server takes a name or number of a port as it comes; what misses sends no traffic, scrapes nothing or is never ready. */
export const portExists: Rule = {
  id: "port-exists",
  severity: "error",
  subject: "references",
  title: "Every port, Service and Pod that traffic is led to exists.",
  reason: "The API server takes a name or number of a port as it comes; what misses sends no traffic, scrapes nothing or is never ready.",
  fix: "Mend the name or number, or declare the port where the traffic is to arrive.",
  needs: "manifests",
  check: (facts) => [
    ...findServicePorts(facts),
    ...findBackendPorts(facts),
    ...findMonitorPorts(facts),
    ...findProbePorts(facts),
    ...findPolicyPorts(facts),
  ],
};
