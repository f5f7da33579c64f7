import { imageVersion } from "../../manifest/image-name.ts";
import { objectName } from "../../manifest/manifest.ts";
import { movingTags } from "../../manifest/moving-tags.ts";
import { podImages } from "../../manifest/pod-images.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import { securedPod } from "../../manifest/secured-pod.ts";
import type { Finding, Rule } from "../rule.ts";

const advice = "name one build: by a version, a commit, or a digest";

/** With such a tag nobody knows what runs: two Pods of one Deployment may be two builds, and going back is not possible. */
export const imageTag: Rule = {
  id: "image-tag",
  severity: "error",
  subject: "security",
  title: "Every image has a digest, or a tag that is not moved from build to build, and may be pulled.",
  reason: "With a tag that moves nobody knows what runs: two Pods of one Deployment may be two builds, and going back is not possible.",
  fix: "Name one build: by a version, a commit, or a digest.",
  needs: "manifests",
  check: (facts) => facts.workloads.flatMap((workload) => [...movingImages(facts, workload), ...neverPulled(workload)]),
};

function movingImages({ definitions }: RepositoryFacts, { manifest, template }: WorkloadFact): Finding[] {
  // there image-digest reports every tag that stands alone
  if (definitions?.isProduction(manifest.owner) === true) return [];
  const findings: Finding[] = [];
  for (const image of new Set(podImages(template.spec))) {
    // Istio's injector puts a gateway's own image there
    if (image === "auto") continue;
    const { tag, digest } = imageVersion(image);
    if (digest !== undefined || (tag !== undefined && !movingTags.has(tag.toLowerCase()))) continue;
    const why = tag === undefined ? "which has no tag, and so means 'latest'" : `whose tag '${tag}' moves from build to build`;
    findings.push({ message: `${objectName(manifest.document)} runs image '${image}', ${why}`, hint: advice, manifest });
  }
  return findings;
}

/** `Always` costs a question to the registry, and fits every tag. */
function neverPulled({ manifest, template }: WorkloadFact): Finding[] {
  return securedPod(template)
    .containers.filter(({ imagePullPolicy }) => imagePullPolicy === "Never")
    .map(({ name }) => ({
      message: `${objectName(manifest.document)} has imagePullPolicy: Never in container '${name}', which starts on no node that has not its image already`,
      hint: "take it out: a node pulls what it has not",
      manifest,
    }));
}
