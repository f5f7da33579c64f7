import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { reportFormats } from "../../lib/cli/report/report-formats.ts";
import { projectRoot } from "../support/project-copy.ts";
import { fieldAt } from "../support/field-at.ts";

const page = readFileSync(join(projectRoot, "docs/validation.md"), "utf8");

/** The snippets of a language. */
function snippets(language: string): string[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, name]) => name === language).map(([, , text = ""]) => text);
}

describe("the guide to validation", () => {
  test("has a section for each format, in the order of the help", () => {
    expect([...page.matchAll(/^### `(\w+)`$/gm)].map(([, name]) => name)).toEqual(Object.keys(reportFormats));
  });

  test("shows pipelines that can be read, with formats that there are", () => {
    const [workflow, step, gitlab] = snippets("yaml").map((text) => parse(text) as object);
    expect(fieldAt(workflow, "jobs.validate.steps")).toHaveLength(6);
    expect(step).toEqual([{ run: "npx keelson validate --output github" }]);
    expect(fieldAt(gitlab, "validate.artifacts.reports.codequality")).toBe("code-quality.json");
    const named = [...page.matchAll(/keelson validate .*--output (\w+)/g)].map(([, name]) => name);
    expect(Object.keys(reportFormats)).toEqual(expect.arrayContaining(named));
  });

  test("shows JSON as it is printed", () => {
    const [json = ""] = snippets("json");
    expect(Object.keys(JSON.parse(json) as object)).toEqual(["objects", "errors", "warnings", "issues", "waived"]);
  });
});
