import { containersOf, podTemplateOf } from "../../manifest/pod-spec.ts";
import type { ProjectCheck } from "../check.ts";
import { exampleValue } from "../example-values.ts";

/** No Pod runs an image of the example: those exist nowhere, and their digests are made up. */
export const exampleImages: ProjectCheck = {
  id: "example-images",
  title: "no image pin of the example is left",
  needs: "project",
  run: ({ manifests }) => {
    const images = manifests.flatMap(({ document }) => {
      const template = podTemplateOf(document);
      return template === undefined ? [] : containersOf(template.spec).map(({ image }) => image);
    });
    const examples = [
      ...new Set(images.filter((image) => exampleValue.test(image)).map((image) => image.replace(/(:[^/]*)?(@.*)?$/, ""))),
    ].sort();
    if (examples.length === 0) return { result: "pass", detail: `${new Set(images).size} images, none from the example's registries` };
    return {
      result: "fail",
      detail: `${examples.length} ${examples.length === 1 ? "repository is" : "repositories are"} of the example's registries`,
      findings: examples,
      fix: "pin your own images in environments/<environment>/images.yaml",
    };
  },
};
