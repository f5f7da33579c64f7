import type { Command } from "commander";
import picocolors from "picocolors";
import { nearestNames } from "../../errors/nearest-names.ts";
import { UserError } from "../../errors/user-error.ts";
import type { CheckAbout } from "../../validation/stage-checks.ts";
import type { CommandContext } from "../command-context.ts";
import { outputOption, type OutputFormat } from "../common-options.ts";
import type { Io } from "../io.ts";
import { allChecks } from "../report/report.ts";
import { readRulePage, rulePagePath } from "../rule-page.ts";

interface RulesOptions {
  readonly output: OutputFormat;
}

/** `keelson rules` and `keelson rules explain`. */
export function addRulesCommand(program: Command, { io }: CommandContext): void {
  const rules = program
    .command("rules")
    .description("list what is checked; explain <id> tells why, and what to do")
    .addOption(outputOption())
    .action((options: RulesOptions) => {
      list(options, io);
    });
  rules
    .command("explain")
    .description("print the page of a rule")
    .argument("<id>", "as reports print it: secret-exists")
    .addOption(outputOption())
    .action((id: string, _options: RulesOptions, command: Command) => {
      // both commands know the option, and commander gives it to the outer one
      explain(id, command.optsWithGlobals<RulesOptions>(), io);
    });
}

function list({ output }: RulesOptions, io: Io): void {
  const checks = allChecks();
  if (output === "json") {
    io.stdout(`${JSON.stringify(checks.map(checkAsJson), null, 2)}\n`);
    return;
  }
  const colors = picocolors.createColors(io.color && io.terminal);
  const heading = { id: "RULE", severity: "SEVERITY", subject: "SUBJECT", title: "TITLE" };
  const rows = [heading, ...checks];
  const widest = (column: "id" | "severity" | "subject"): number => Math.max(...rows.map((row) => row[column].length));
  const [id, severity, subject] = [widest("id"), widest("severity"), widest("subject")];
  const paint = { error: colors.red, warning: colors.yellow };
  const line = (row: typeof heading, painted: (cell: string) => string): string =>
    `${row.id.padEnd(id)}  ${painted(row.severity.padEnd(severity))}  ${row.subject.padEnd(subject)}  ${row.title}\n`;
  io.stdout(colors.dim(line(heading, String)) + checks.map((check) => line(check, paint[check.severity])).join(""));
}

function explain(id: string, { output }: RulesOptions, io: Io): void {
  const checks = allChecks();
  const check = checks.find((candidate) => candidate.id === id);
  if (check === undefined) {
    const nearest = nearestNames(
      id,
      checks.map((candidate) => candidate.id),
      5,
      0.6,
    );
    throw new UserError(`there is no rule '${id}'`, {
      hint: nearest === "" ? "`keelson rules` lists them" : `the nearest are: ${nearest}`,
    });
  }
  if (output === "json") {
    io.stdout(`${JSON.stringify(checkAsJson(check), null, 2)}\n`);
    return;
  }
  const { severity, subject, title, reason, fix } = check;
  // the page begins with the id and the title, and tells why and what to do at length
  const page = readRulePage(io.root, id)?.split("\n").slice(3).join("\n").trim();
  io.stdout(`${id} (${severity}, ${subject})\n\n${title}\n\n${page ?? `Why:  ${reason}\nMend: ${fix}`}\n`);
}

function checkAsJson({ id, severity, subject, title, reason, fix, needs }: CheckAbout): object {
  return { id, severity, subject, title, reason, fix, needs, page: rulePagePath(id) };
}
