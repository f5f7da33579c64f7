import { type Command, Option } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import { endedHolds } from "../../hold/ended-holds.ts";
import { manifestPath } from "../../synth/layout-files.ts";
import { renderRepository } from "../../synth/line.ts";
import type { CommandContext } from "../command-context.ts";
import { datedIssues } from "../dated-issues.ts";
import type { Io } from "../io.ts";
import { projectFiles } from "../project-files.ts";
import { readLineInput } from "../read-line-input.ts";
import { countOf, makeReport, type Report } from "../report/report.ts";
import { type ReportFormat, reportFormats } from "../report/report-formats.ts";
import { summaryLine, textReport } from "../report/text-report.ts";
import { readRulePage } from "../rule-page.ts";
import { validateFolder } from "../validate-folder.ts";

interface ValidateOptions {
  /** The day that waivers, break-glass overrides and holds are held to. @default today, in UTC */
  readonly date?: string;
  /** Of a folder. @default the newest known */
  readonly kubernetesVersion?: string;
  readonly output: ReportFormat;
}

/** `keelson validate`. */
export function addValidateCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("validate")
    .description("check the whole rendered repository, or a folder of plain manifests; write nothing; exit 1 when something is wrong")
    .argument("[folder]", "plain manifests to check instead: a folder, a file, or - for standard input")
    .addOption(new Option("--date <day>", "the day that waivers, overrides and holds are held to, as 2027-06-30 (default: today, in UTC)"))
    .addOption(new Option("--kubernetes-version <version>", "the Kubernetes that a folder is for, as 1.33 (default: the newest known)"))
    .addOption(new Option("--output <format>", "how to print the result").choices(["text", ...Object.keys(reportFormats)]).default("text"))
    .action(async (folder: string | undefined, options: ValidateOptions) => {
      const report = folder === undefined ? reportOnDefinitions(definitions, options, io) : await reportOnFolder(folder, options, io);
      printReport(report, options.output, folder, io);
      done(countOf(report.findings, "error") > 0 ? 1 : 0);
    });
}

async function reportOnFolder(folder: string, { date, kubernetesVersion }: ValidateOptions, io: Io): Promise<Report> {
  if (date !== undefined) throw new UserError("'--date' is for waivers, which a folder of manifests has none of", { hint: "leave it out" });
  return validateFolder(folder, kubernetesVersion, io);
}

/** Stages 1 to 4, and the waivers, overrides and holds that have ended. */
function reportOnDefinitions(definitions: Definitions, { date, kubernetesVersion }: ValidateOptions, io: Io): Report {
  if (kubernetesVersion !== undefined)
    throw new UserError("'--kubernetes-version' is for a folder of manifests", { hint: "of definitions each cluster says its own" });
  const dates = datedIssues(definitions, io.now(), date);
  const input = readLineInput(definitions, projectFiles(io.root));
  const { manifests, issues, waived } = renderRepository(input);
  const ended = endedHolds(input.holds, date === undefined ? io.now().toISOString() : `${date}T00:00:00Z`);
  const { output } = definitions.repository;
  const fileOf = (manifest: (typeof manifests)[number]): string => `${output}/${manifestPath(manifest)}`;
  return makeReport({ manifests, issues: [...issues, ...dates, ...ended], waived, fileOf }, io);
}

function printReport(report: Report, format: ReportFormat, target: string | undefined, io: Io): void {
  if (format === "text") {
    io.stderr(textReport(report, io));
    io.stdout(`${summaryLine(report)}\n`);
  } else io.stdout(reportFormats[format](report, { pageOf: (rule) => readRulePage(io.root, rule), target }));
}
