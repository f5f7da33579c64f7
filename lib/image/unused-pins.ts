import { nearestNames } from "../errors/nearest-names.ts";
import type { Issue } from "../manifest/issue.ts";
import { imagePinsRule, type ImagePins } from "./image-pins.ts";

/** An issue for every pin that no container of the environment takes. */
export function findUnusedPins(environment: string, pins: ImagePins, taken: ReadonlySet<string>): Issue[] {
  return [...pins.pins.values()]
    .filter(({ key }) => !taken.has(key))
    .map(({ key, line }) => ({
      severity: "error",
      rule: imagePinsRule,
      message: `the pin of '${key}' in '${environment}' is used by nothing`,
      hint:
        taken.size === 0
          ? "remove the line"
          : `remove the line, or mend the key; the nearest that are used: ${nearestNames(key, taken, 3)}`,
      position: { file: pins.file, line },
    }));
}
