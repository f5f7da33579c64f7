import { githubReport } from "./github-report.ts";
import { gitlabReport } from "./gitlab-report.ts";
import { jsonReport } from "./json-report.ts";
import type { Report } from "./report.ts";
import { sarifReport } from "./sarif-report.ts";

/** What a format needs beside the report. */
export interface ReportMaterial {
  /** The page of a rule, in Markdown. */
  readonly pageOf: (rule: string) => string | undefined;
  /** The folder, or whatever else was named on the command line to be validated. @default the definitions */
  readonly target?: string | undefined;
}

/** The formats that go to standard output for programs; people read `textReport`. */
export const reportFormats = {
  json: jsonReport,
  sarif: (report: Report, { pageOf }: ReportMaterial) => sarifReport(report, pageOf),
  github: githubReport,
  gitlab: gitlabReport,
} as const satisfies Readonly<Record<string, (report: Report, material: ReportMaterial) => string>>;

/** How `validate` prints its report. */
export type ReportFormat = "text" | keyof typeof reportFormats;
