import { imageVersion } from "../../manifest/image-name.ts";
import { objectName } from "../../manifest/manifest.ts";
import { podImages } from "../../manifest/pod-images.ts";
import type { WorkloadFact } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

/** A tag can be moved: what was tested and reviewed need not be what the next node pulls. */
export const imageDigest: Rule = {
  id: "image-digest",
  severity: "error",
  subject: "security",
  title: "Every image that runs in production is named by its digest.",
  reason: "A tag can be moved: what was tested and reviewed need not be what the next node pulls.",
  fix: "Write the digest behind the image: '<image>@sha256:<digest>'.",
  needs: "definitions",
  check: ({ definitions, workloads }) =>
    workloads.filter(({ manifest }) => definitions?.isProduction(manifest.owner) === true).flatMap(findingsOf),
};

function findingsOf({ manifest, template }: WorkloadFact): Finding[] {
  return [...new Set(podImages(template.spec))]
    .filter((image) => imageVersion(image).digest === undefined)
    .map((image) => ({
      message: `${objectName(manifest.document)} runs image '${image}' in production, which is not named by its digest`,
      hint: "write '@sha256:<digest>' behind it: in the environment's images.yaml, or where the construct names it",
      manifest,
    }));
}
