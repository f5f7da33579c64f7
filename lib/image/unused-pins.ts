import type { Issue } from "../manifest/issue.ts";
import { unusedEntries } from "../manifest/unused-entries.ts";
import { imagePinsRule, type ImagePins } from "./image-pins.ts";

/** An issue for every pin that no container of the environment takes. */
export function findUnusedPins(environment: string, { file, pins }: ImagePins, taken: ReadonlySet<string>): Issue[] {
  return unusedEntries({ file, entries: pins }, taken, {
    rule: imagePinsRule,
    environment,
    entry: "the pin of",
    remedy: "remove the line",
  });
}
