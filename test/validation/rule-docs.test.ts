import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { rules } from "../../lib/validation/rules.ts";
import { stageChecks } from "../../lib/validation/stage-checks.ts";

/** Reported under an id of their own by another stage. */
const idsOfOtherStages = stageChecks.map(({ id }) => id);

const root = new URL("../../", import.meta.url);
const ids = rules.map(({ id }) => id).sort();
const documented = [...ids, ...idsOfOtherStages].sort();

function namesIn(folder: string, ending: string): string[] {
  return readdirSync(new URL(folder, root))
    .map((file) => (file.endsWith(ending) ? file.slice(0, -ending.length) : `${file} (not *${ending})`))
    .sort();
}

describe("a rule", () => {
  test("has a page, and every page has a rule", () => {
    expect(namesIn("docs/rules/", ".md")).toEqual(documented);
  });

  test("has a test, and every test has a rule", () => {
    expect(namesIn("test/validation/rules/", ".test.ts")).toEqual(ids);
  });

  test.each(ids)("has a test of what passes and one of what is reported: %s", (id) => {
    const source = readFileSync(new URL(`test/validation/rules/${id}.test.ts`, root), "utf8").replaceAll(/\s+/g, "");
    expect(source).toMatch(/\.toEqual\(\[,?\],?\)/);
    expect(source).toMatch(/\.toEqual\((?:\[[^\]]|[a-z])/);
  });

  test("has a file of its own, and every file is in the list", () => {
    expect(namesIn("lib/validation/rules/", ".ts")).toEqual(ids);
  });

  test.each(documented)("has a page that says what, why and how: %s", (id) => {
    const page = readFileSync(new URL(`docs/rules/${id}.md`, root), "utf8");
    expect(page.split("\n")[0]).toBe(`# \`${id}\``);
    expect(page.match(/^## .*/gm)).toEqual(["## Why", "## Reported", "## Passes", "## How to mend it"]);
  });

  test.each([...rules, ...stageChecks])("stands on its page with its title: $id", ({ id, title }) => {
    expect(readFileSync(new URL(`docs/rules/${id}.md`, root), "utf8").split("\n")[2]).toBe(title);
  });
});
