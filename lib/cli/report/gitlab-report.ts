import { fingerprints } from "./fingerprints.ts";
import type { Report } from "./report.ts";

/**
 * The report as GitLab's Code Quality reads it: a list of findings, each with a line of a file. What is waived is left out, because the
 * format cannot say so.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabReport({ findings }: Report): string {
  const ids = fingerprints(findings);
  const result = findings.map(({ severity, rule, message, hint, place, file }, index) => ({
    description: hint === undefined ? message : `${message} (${hint})`,
    check_name: rule,
    fingerprint: ids[index],
    severity: severity === "error" ? "major" : "minor",
    // a location is required: of a finding on nothing the folder is named
    location: { path: place?.file ?? file ?? ".", lines: { begin: place?.line ?? 1 } },
  }));
  return `${JSON.stringify(result, null, 2)}\n`;
}
