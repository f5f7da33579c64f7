import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { podImages } from "../../manifest/pod-images.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";
import { type AdmissionPolicy, admissionPolicies, RenderedPolicies } from "../trust/admission-policies.ts";
import { type AskedOfImages, askedOfImages } from "../trust/asked-of-images.ts";

/** What the trust policy refuses stops a sync half-way; what no cluster refuses makes the policy a piece of paper. */
export const imageTrust: Rule = {
  id: "image-trust",
  severity: "error",
  subject: "security",
  title: "The trust policy of its cluster admits every image of a system, and the cluster enforces it in every namespace of systems.",
  reason: "The cluster refuses the object in the middle of a sync; or, where the policy is not enforced, it runs whatever somebody pushes.",
  fix: "Take the image from a trusted registry, by digest where the environment asks for one; and let TrustPolicyAdmission cover the namespace.",
  needs: "definitions",
  check(facts) {
    if (facts.definitions === undefined) return [];
    const asked = askedOfImages(facts.definitions);
    return [
      ...facts.workloads.flatMap((workload) => refusedImages(facts, workload, asked(workload.manifest.owner))),
      ...unguarded(facts, asked),
    ];
  },
};

function refusedImages(
  { definitions }: RepositoryFacts,
  { manifest, template }: WorkloadFact,
  asked: AskedOfImages | undefined,
): Finding[] {
  if (asked === undefined) return [];
  const findings: Finding[] = [];
  for (const image of new Set(podImages(template.spec))) {
    const refusal = asked.trust.refusal(image, asked.policy);
    if (refusal === undefined) continue;
    // in production image-digest reports it
    if (refusal === asked.trust.digestRefusal && definitions?.isProduction(manifest.owner) === true) continue;
    findings.push({
      message: `${objectName(manifest.document)} runs image '${image}', which ${refusal}`,
      hint:
        refusal === asked.trust.digestRefusal
          ? "pin it by digest: '<image>@sha256:<digest>'"
          : `take it from there, or add its registry to the trust policy of cluster '${asked.cluster.name}'`,
      manifest,
    });
  }
  return findings;
}

/** Namespaces of systems in which the cluster does not do what its trust policy says; a cluster that does nothing of it is reported once. */
function unguarded(facts: RepositoryFacts, asked: (owner: Manifest["owner"]) => AskedOfImages | undefined): Finding[] {
  const rendered = new RenderedPolicies(facts);
  const reported = new Set<string>();
  const findings: Finding[] = [];
  for (const namespace of facts.ofKind("Namespace")) {
    const wanted = asked(namespace.owner);
    if (wanted === undefined) continue;
    const { name: cluster, callSite } = wanted.cluster;
    const placed = admissionPolicies(wanted).map((policy) => ({ policy, place: rendered.place(policy, namespace) }));
    const absent = namesOf(placed.filter(({ place, policy }) => place === "absent" && !reported.has(`${cluster} ${policy.name}`)));
    const elsewhere = namesOf(placed.filter(({ place }) => place === "elsewhere"));
    if (absent !== "") {
      for (const { place, policy } of placed) if (place === "absent") reported.add(`${cluster} ${policy.name}`);
      findings.push({
        message: `cluster '${cluster}' has a trust policy, but not what enforces it: ${absent}`,
        hint: "add a unit of TrustPolicyAdmission to a cluster-wide system on that cluster",
        source: callSite,
      });
    }
    if (elsewhere !== "") {
      findings.push({
        message: `${objectName(namespace.document)} has images that its cluster does not refuse: outside of ${elsewhere}`,
        hint: "hand TrustPolicyAdmission the namespaces of every system: trustedNamespaces(systems)",
        manifest: namespace,
      });
    }
  }
  return findings;
}

function namesOf(policies: readonly { readonly policy: AdmissionPolicy }[]): string {
  return policies.map(({ policy: { kind, name } }) => `${kind.slice(kind.indexOf("/") + 1)} '${name}'`).join(", ");
}
