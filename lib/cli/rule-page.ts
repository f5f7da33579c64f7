import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The page of a rule as it stands in the project, in Markdown; `undefined` where the project has no such page. */
export function readRulePage(root: string, rule: string): string | undefined {
  const file = join(root, rulePagePath(rule));
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Where the page of a rule stands, relative to the project's folder. */
export function rulePagePath(rule: string): string {
  return `docs/rules/${rule}.md`;
}
