import type { Command } from "commander";
import picocolors from "picocolors";
import { nearestNames } from "../../errors/nearest-names.ts";
import { UserError } from "../../errors/user-error.ts";
import type { CheckAbout } from "../../validation/stage-checks.ts";
import type { CommandContext } from "../command-context.ts";
import { outputOption, type OutputFormat } from "../common-options.ts";
import type { Io } from "../io.ts";
import { printJson } from "../print-json.ts";
import { allChecks } from "../report/report.ts";
import { readRulePage, rulePagePath } from "../rule-page.ts";
import { printTable } from "../table.ts";

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
    printJson(checks.map(checkAsJson), io);
    return;
  }
  const colors = picocolors.createColors(io.color && io.terminal);
  const paint = { error: colors.red, warning: colors.yellow };
  const rows = checks.map(({ id, severity, subject, title }) => [id, paint[severity](severity), subject, title]);
  printTable(["RULE", "SEVERITY", "SUBJECT", "TITLE"], rows, io);
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
    printJson(checkAsJson(check), io);
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
