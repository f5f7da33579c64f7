import { describe, expect, test } from "@jest/globals";
import { allChecks, countOf } from "../../../lib/cli/report/report.ts";
import { ruleSubjects } from "../../../lib/validation/rule.ts";
import { brokenPin, catalogueIn, leave, missingSecret, reportOf, sharedHost } from "./reported.ts";

describe("makeReport", () => {
  test("orders findings by subject and rule, and keeps the order within a rule", () => {
    const { findings } = reportOf({ issues: [sharedHost, missingSecret("production"), missingSecret("dev"), brokenPin] });
    expect(findings.map(({ rule, subject, environment }) => [subject, rule, environment])).toEqual([
      ["input", "image-pins", undefined],
      ["references", "secret-exists", "production"],
      ["references", "secret-exists", "dev"],
      ["references", "unique-hosts", "production"],
    ]);
  });

  test("names the line to mend, the object and its file", () => {
    const { findings } = reportOf({ issues: [missingSecret()] });
    expect(findings).toEqual([
      {
        ...{ severity: "error", rule: "secret-exists", subject: "references", environment: "dev" },
        ...{ message: "Deployment bookshop-dev/catalogue reads Secret 'till', which nothing makes", hint: "declare it in 'dev'" },
        ...{ place: { file: "apps/bookshop/catalogue.ts", line: 7 }, file: "dist/bookshop-dev/Deployment.yaml" },
        object: catalogueIn("dev").document,
      },
    ]);
  });

  test("prefers the definition that is wrong to the one behind the object", () => {
    const issue = { ...sharedHost, source: leave.callSite };
    expect(reportOf({ issues: [issue, sharedHost] }).findings.map(({ place }) => place)).toEqual([
      { file: "apps/bookshop/system.ts", line: 12 },
      undefined,
    ]);
  });

  test("tells by which waiver something is waived", () => {
    const { waived } = reportOf({ waived: [{ issue: missingSecret(), waiver: leave }] });
    const place = { file: "apps/bookshop/system.ts", line: 12 };
    expect(waived).toMatchObject([{ rule: "secret-exists", waiver: { until: "2027-06-30", reason: "the till moves", place } }]);
  });

  test("takes a finding whose id nobody knows", () => {
    expect(reportOf({ issues: [{ ...brokenPin, rule: "till-roll" }] }).findings).toMatchObject([{ rule: "till-roll", subject: "input" }]);
  });

  test("counts by severity", () => {
    const { findings } = reportOf({ issues: [sharedHost, missingSecret(), brokenPin] });
    expect([countOf(findings, "error"), countOf(findings, "warning")]).toEqual([2, 1]);
  });
});

test("allChecks lists every check once, by subject and id", () => {
  const checks = allChecks();
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  const subjects = ["input", ...ruleSubjects];
  const keys = checks.map(({ subject, id }) => `${String(subjects.indexOf(subject)).padStart(2, "0")} ${id}`);
  expect(keys).toEqual([...keys].sort());
  expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining(["image-pins", "waiver", "secret-exists"]));
});
