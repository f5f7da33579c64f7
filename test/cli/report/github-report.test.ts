import { describe, expect, test } from "@jest/globals";
import { githubReport } from "../../../lib/cli/report/github-report.ts";
import type { Issue } from "../../../lib/manifest/issue.ts";
import { brokenPin, leave, missingSecret, reportOf, sharedHost } from "./reported.ts";

function many(severity: Issue["severity"], count: number): Issue[] {
  return Array.from({ length: count }, (_, line) => ({ ...brokenPin, severity, position: { file: "environments/dev/images.yaml", line } }));
}

describe("githubReport", () => {
  test("annotates lines, errors first, and says once what is the same in several environments", () => {
    const issues = [sharedHost, brokenPin, missingSecret("dev"), missingSecret("production")];
    expect(githubReport(reportOf({ issues }), {})).toBe(
      [
        "::error file=environments/dev/images.yaml,line=3,title=image-pins::no image pin for 'bookshop/till' in 'dev'\n",
        "::error file=apps/bookshop/catalogue.ts,line=7,title=secret-exists::Deployment bookshop-dev/catalogue reads Secret 'till', ",
        "which nothing makes%0Athe same in production%0Ahint: declare it in 'dev'\n",
        "::warning file=dist/bookshop-production/Deployment.yaml,line=1,title=unique-hosts::'bookshop.example' is served twice, ",
        "by 100%25: once, and again\n",
      ].join(""),
    );
  });

  test("escapes what would end a property or a line", () => {
    const position = { file: "till, 50%: a\nb\r.yaml", line: 1 };
    expect(githubReport(reportOf({ issues: [{ ...brokenPin, message: "one\r\ntwo", position }] }), {})).toBe(
      "::error file=till%2C 50%25%3A a%0Ab%0D.yaml,line=1,title=image-pins::one%0D%0Atwo\n",
    );
  });

  test("leaves out the place of what has none", () => {
    expect(githubReport(reportOf({ issues: [{ severity: "error", rule: "image-pins", message: "no pins at all" }] }), {})).toBe(
      "::error title=image-pins::no pins at all\n",
    );
  });

  test("prints as many of each severity as GitHub shows, and says how many are left out", () => {
    const lines = githubReport(reportOf({ issues: [...many("error", 13), ...many("warning", 11)] }), {})
      .trimEnd()
      .split("\n");
    expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith("::warning"))).toHaveLength(10);
    expect(lines.at(-1)).toBe("::notice title=keelson::not shown here: 3 more errors and 1 more warning; run `keelson validate` for all");
    expect(githubReport(reportOf({ issues: many("error", 10) }), {})).not.toContain("notice");
  });

  test.each([
    ["-", "`keelson validate -`"],
    ["till/manifests", "`keelson validate till/manifests`"],
    ["old till", '`keelson validate "old till"`'],
  ])("names what was validated where it leaves something out: %s", (target, command) => {
    expect(githubReport(reportOf({ issues: many("error", 11) }), { target })).toMatch(new RegExp(`run ${command} for all\n$`));
  });

  test("says nothing of what is waived", () => {
    expect(githubReport(reportOf({ waived: [{ issue: missingSecret(), waiver: leave }] }), {})).toBe("");
  });
});
