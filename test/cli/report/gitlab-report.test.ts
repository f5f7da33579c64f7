import { describe, expect, test } from "@jest/globals";
import { gitlabReport } from "../../../lib/cli/report/gitlab-report.ts";
import type { Issue } from "../../../lib/manifest/issue.ts";
import { brokenPin, leave, missingSecret, reportOf, sharedHost } from "./reported.ts";

function findings(...issues: Issue[]): { fingerprint: string; [field: string]: unknown }[] {
  return JSON.parse(gitlabReport(reportOf({ issues, waived: [{ issue: missingSecret(), waiver: leave }] }))) as never;
}

describe("gitlabReport", () => {
  test("lists what stands, each with a line, and nothing that is waived", () => {
    const fingerprint = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(findings(brokenPin, missingSecret("production"), sharedHost, { severity: "error", rule: "waiver", message: "nothing" })).toEqual(
      [
        {
          ...{ description: brokenPin.message, check_name: "image-pins", fingerprint, severity: "major" },
          location: { path: "environments/dev/images.yaml", lines: { begin: 3 } },
        },
        {
          ...{ description: "nothing", check_name: "waiver", fingerprint, severity: "major" },
          location: { path: ".", lines: { begin: 1 } },
        },
        {
          description: "Deployment bookshop-production/catalogue reads Secret 'till', which nothing makes (declare it in 'production')",
          ...{ check_name: "secret-exists", fingerprint, severity: "major" },
          location: { path: "apps/bookshop/catalogue.ts", lines: { begin: 7 } },
        },
        {
          ...{ description: sharedHost.message, check_name: "unique-hosts", fingerprint, severity: "minor" },
          location: { path: "dist/bookshop-production/Deployment.yaml", lines: { begin: 1 } },
        },
      ],
    );
  });

  test("knows a finding again when its line has moved", () => {
    const [before, after] = [findings(missingSecret("dev", 7)), findings(missingSecret("dev", 70))];
    expect(after[0]?.fingerprint).toBe(before[0]?.fingerprint);
  });

  test("tells findings apart by rule, words and object, and two that are alike by their order", () => {
    const moved = { ...missingSecret(), rule: "port-exists" };
    const reworded = { ...missingSecret(), message: "Deployment bookshop-dev/catalogue reads nothing" };
    const elsewhere = { ...missingSecret(), manifest: missingSecret("staging").manifest! };
    const all = findings(missingSecret(), missingSecret(), moved, reworded, elsewhere);
    expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(5);
  });

  test("is a list where nothing was found", () => {
    expect(gitlabReport(reportOf({}))).toBe("[]\n");
  });
});
