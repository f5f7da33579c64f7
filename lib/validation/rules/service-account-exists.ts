import { objectName } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { missingHint } from "../missing-hint.ts";
import type { Finding, Rule } from "../rule.ts";

/** Kubernetes makes this one in every namespace. */
const givenServiceAccount = "default";

/** Where its ServiceAccount is missing, a workload's Pods are refused, and nothing but the ReplicaSet's events says so. */
export const serviceAccountExists: Rule = {
  id: "service-account-exists",
  severity: "error",
  subject: "references",
  title: "Every ServiceAccount that Pods run as is rendered in their namespace.",
  reason: "Where its ServiceAccount is missing, a workload's Pods are refused, and nothing but the ReplicaSet's events says so.",
  fix: "Render the ServiceAccount beside the workload, or mend the name.",
  needs: "manifests",
  check: findMissingServiceAccounts,
};

function findMissingServiceAccounts(facts: RepositoryFacts): Finding[] {
  const findings: Finding[] = [];
  for (const { manifest, place, template } of facts.workloads) {
    const account = template.spec.serviceAccountName ?? givenServiceAccount;
    if (account === givenServiceAccount || facts.find(place, "ServiceAccount", account) !== undefined) continue;
    if (!facts.declares(place)) continue;
    findings.push({
      message: `${objectName(manifest.document)} runs as ServiceAccount '${account}', which nothing makes in '${manifest.document.metadata.namespace ?? ""}'`,
      hint: missingHint("render a WorkloadServiceAccount of that name beside it", account, facts.namesIn(place, "ServiceAccount")),
      manifest,
    });
  }
  return findings;
}
