import { annotation } from "../../manifest/labels.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { enforcedLevel, minorVersion, podSecurityLabel, type PodSecurityLevelName } from "../../manifest/pod-security-labels.ts";
import { placeIn, type RepositoryFacts, type WorkloadFact } from "../../manifest/repository-facts.ts";
import { securedPod, type SecuredPod } from "../../manifest/secured-pod.ts";
import { securityReasonOf } from "../../manifest/security-reason.ts";
import { type PodSecurityBreach, podSecurityBreaches } from "../pod-security/pod-security-breaches.ts";
import type { Finding, Rule } from "../rule.ts";

/** What the author does who needs the right: in the words of definitions, and of plain manifests. */
const wayOut = {
  definitions: { lower: "lower podSecurity of the system's namespace, with the reason", explain: "give the reason in a SecurityExemption" },
  manifests: {
    lower: `lower '${podSecurityLabel.enforce}' of the Namespace, with the reason in its annotation '${annotation.securityReason}'`,
    explain: `give the reason in the annotation '${annotation.securityReason}' of its Pods`,
  },
} as const;

/** The newest standard that is known here: for clusters that do not say what they run. */
const newestMinor = 36;

/** The Namespace that Pods run in, as far as it is rendered. */
interface EnforcingNamespace {
  readonly level: PodSecurityLevelName;
  /** Whether it says why its level is lower than the strictest. */
  readonly hasReason: boolean;
  /** Whose standard is enforced. */
  readonly minor: number;
}

/** The API server refuses Pods, not workloads: the Deployment is there, its Pods are not, and only events say so. */
export const podSecurity: Rule = {
  id: "pod-security",
  severity: "error",
  subject: "security",
  title: "Every Pod passes the Pod Security level that its Namespace enforces, and the restricted one unless a reason is given.",
  reason: "The API server refuses Pods, not workloads: the Deployment is there, its Pods are not, and only events say so.",
  fix: "Take the right away from the Pod, or give the reason why it needs it: a SecurityExemption, and podSecurity of the system's namespace.",
  needs: "manifests",
  check(facts) {
    const namespaceOf = enforcingNamespaces(facts);
    return facts.workloads.flatMap((workload) => {
      const namespace = namespaceOf(workload);
      // what runs in kube-system and the like is the provider's to judge
      if (namespace === undefined && facts.definitions !== undefined && workload.manifest.owner.scope !== "environment") return [];
      return findingsOf(facts, workload, namespace);
    });
  },
};

function findingsOf(facts: RepositoryFacts, workload: WorkloadFact, namespace: EnforcingNamespace | undefined): Finding[] {
  const { lower, explain } = wayOut[facts.definitions === undefined ? "manifests" : "definitions"];
  const minor = minorOf(facts, workload.manifest);
  const pod = securedPod(workload.template);
  const hasReason = securityReasonOf(workload.template.metadata) !== undefined;
  const refused = namespace === undefined ? [] : refusedBy(namespace, pod);
  const findings = refused.map((breach) => refusal(workload, breach, namespace, hasReason ? `, or ${lower}` : ""));
  if (namespace?.level === "restricted" || namespace?.hasReason === true || hasReason) return findings;
  const known = new Set(refused.map(({ control }) => control));
  for (const breach of podSecurityBreaches(pod, { level: "restricted", minor })) {
    if (!known.has(breach.control)) findings.push(unexplained(workload, breach, explain));
  }
  return findings;
}

function refusedBy({ level, minor }: EnforcingNamespace, pod: SecuredPod): PodSecurityBreach[] {
  return level === "privileged" ? [] : podSecurityBreaches(pod, { level, minor });
}

function refusal(
  { manifest }: WorkloadFact,
  { control, found }: PodSecurityBreach,
  namespace: EnforcingNamespace | undefined,
  otherwise: string,
): Finding {
  return {
    message: `${objectName(manifest.document)} has ${found}, which its Namespace refuses: it enforces '${namespace?.level ?? ""}'`,
    hint: `${control.fix}${otherwise}`,
    manifest,
  };
}

function unexplained({ manifest }: WorkloadFact, { control, found }: PodSecurityBreach, explain: string): Finding {
  return {
    message: `${objectName(manifest.document)} has ${found}, which the restricted Pod Security Standard forbids, and no reason is given`,
    hint: `${control.fix}, or ${explain}`,
    manifest,
  };
}

/** The Namespace of a workload, each read once. */
function enforcingNamespaces(facts: RepositoryFacts): (workload: WorkloadFact) => EnforcingNamespace | undefined {
  const byPlace = new Map<string, EnforcingNamespace>();
  for (const manifest of facts.ofKind("Namespace")) {
    const { name, labels } = manifest.document.metadata;
    byPlace.set(placeIn(manifest.owner, name), {
      level: enforcedLevel(manifest),
      hasReason: securityReasonOf(manifest.document.metadata) !== undefined,
      minor: minorVersion(labels?.[podSecurityLabel.enforceVersion]) ?? minorOf(facts, manifest),
    });
  }
  return ({ place }) => byPlace.get(place);
}

/** The minor version of Kubernetes that an object's cluster runs. */
function minorOf({ definitions }: RepositoryFacts, { owner }: Manifest): number {
  const [, minor] = definitions?.clusterOf(owner)?.versions.kubernetes?.split(".") ?? [];
  return minor === undefined ? newestMinor : Number(minor);
}
