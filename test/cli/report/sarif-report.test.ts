import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { sarifReport } from "../../../lib/cli/report/sarif-report.ts";
import { fieldAt } from "../../support/field-at.ts";
import { brokenPin, leave, missingSecret, reportOf, sharedHost } from "./reported.ts";
import { sarifSchema } from "./sarif-schema.ts";

const isSarif = new Ajv({ allErrors: true }).compile(sarifSchema);
const pageOf = (rule: string): string | undefined => (rule === "secret-exists" ? "# `secret-exists`\n" : undefined);
const report = reportOf({
  issues: [missingSecret(), sharedHost, brokenPin, { severity: "warning", rule: "till-roll", message: "the paper ends" }],
  waived: [{ issue: missingSecret("production"), waiver: leave }],
});
const log = JSON.parse(sarifReport(report, pageOf)) as object;
const run = fieldAt(log, "runs.0") as object;
const results = fieldAt(run, "results") as Readonly<Record<string, unknown>>[];

/** A location of the file, with a line. */
function at(uri: string, startLine: number) {
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: "%SRCROOT%" }, region: { startLine } } };
}

describe("sarifReport", () => {
  test("keeps to what SARIF asks", () => {
    isSarif(log);
    expect(isSarif.errors).toBeNull();
    expect(isSarif(JSON.parse(sarifReport(reportOf({}), pageOf)))).toBe(true);
  });

  test("describes every rule that found something, with its page", () => {
    const rules = fieldAt(run, "tool.driver.rules") as { readonly id: string }[];
    expect(rules.map(({ id }) => id)).toEqual(["image-pins", "secret-exists", "till-roll", "unique-hosts"]);
    expect(rules[1]).toEqual({
      id: "secret-exists",
      shortDescription: { text: expect.stringContaining("Every Secret") },
      fullDescription: { text: expect.any(String) },
      help: { text: expect.any(String), markdown: "# `secret-exists`\n" },
      defaultConfiguration: { level: "error" },
      properties: { tags: ["references"], precision: "high", "problem.severity": "error" },
    });
    expect(rules[2]).toEqual({ id: "till-roll" });
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex as number]?.id).toBe(ruleId);
  });

  test("places a finding at the definition, with the object and its rendered file", () => {
    const object = { logicalLocations: [{ fullyQualifiedName: "Deployment bookshop-dev/catalogue" }] };
    expect(results.find(({ ruleId }) => ruleId === "secret-exists")).toEqual({
      ruleId: "secret-exists",
      ruleIndex: 1,
      level: "error",
      message: { text: "Deployment bookshop-dev/catalogue reads Secret 'till', which nothing makes\nhint: declare it in 'dev'" },
      locations: [{ ...at("apps/bookshop/catalogue.ts", 7), ...object }],
      relatedLocations: [{ id: 1, ...at("dist/bookshop-dev/Deployment.yaml", 1), message: { text: "the rendered object" } }],
      partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/) },
      suppressions: [],
    });
  });

  test("places it at the rendered file where no definition is known, and nowhere where nothing is", () => {
    const object = { logicalLocations: [{ fullyQualifiedName: "Deployment bookshop-production/catalogue" }] };
    const [host] = results.filter(({ ruleId }) => ruleId === "unique-hosts");
    expect(host).toMatchObject({ locations: [{ ...at("dist/bookshop-production/Deployment.yaml", 1), ...object }] });
    expect(host).not.toHaveProperty("relatedLocations");
    expect(results.find(({ ruleId }) => ruleId === "till-roll")).not.toHaveProperty("locations");
  });

  test("writes paths as relative references", () => {
    const position = { file: "apps/the till/50%#1.yaml", line: 1 };
    const [result] = fieldAt(
      JSON.parse(sarifReport(reportOf({ issues: [{ ...brokenPin, position }] }), pageOf)),
      "runs.0.results",
    ) as object[];
    expect(result).toMatchObject({ locations: [at("apps/the%20till/50%25%231.yaml", 1)] });
  });

  test("shows what is waived as suppressed, with the waiver", () => {
    expect(results.map(({ suppressions }) => (suppressions as unknown[]).length)).toEqual([0, 0, 0, 0, 1]);
    expect(results.at(-1)).toMatchObject({
      ruleId: "secret-exists",
      level: "error",
      suppressions: [
        {
          ...{ kind: "inSource", status: "accepted", justification: "the till moves (until 2027-06-30)" },
          location: at("apps/bookshop/system.ts", 12),
        },
      ],
    });
  });
});
