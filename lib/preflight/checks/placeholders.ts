import { objectName } from "../../manifest/manifest.ts";
import type { ProjectCheck } from "../check.ts";
import { exampleTexts, exampleValue } from "../example-values.ts";

/** Nothing rendered says what the shipped example says; images have a check of their own. */
export const placeholders: ProjectCheck = {
  id: "placeholders",
  title: "no value of the example is left",
  needs: "project",
  run: ({ definitions: { organization, repository }, manifests }) => {
    const said = {
      "the organization's name": organization.name,
      "its domain": organization.domain,
      "its registry": organization.registry,
      "the repository's URL": repository.url,
    };
    const places = new Map(Object.entries(said).flatMap(([what, value]) => (exampleValue.test(value) ? [[value, what] as const] : [])));
    // what only follows from one of these goes with it
    const followsFrom = [organization.domain, organization.registry, repository.url];
    for (const { document } of manifests)
      for (const text of exampleTexts(withoutImages(document))) {
        const lines = text.split("\n").filter((line) => !followsFrom.some((value) => line.includes(value)));
        const line = lines.find((part) => exampleValue.test(part))?.trim();
        if (line !== undefined && !places.has(line)) places.set(line, objectName(document));
      }
    if (places.size === 0) return { result: "pass", detail: "none is left" };
    const found = [...places].map(([value, place]) => `'${value}' (${place})`);
    return {
      result: "fail",
      detail: `${found.length} ${found.length === 1 ? "value is" : "values are"} still the example's`,
      findings: found,
      fix: "make organization.ts, repository.ts, clusters.ts and secret-stores.ts in environments/, and apps/, your own",
    };
  },
};

function withoutImages(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutImages);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (key === "image" ? [] : [[key, withoutImages(inner)]])));
}
