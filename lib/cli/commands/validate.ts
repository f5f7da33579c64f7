import type { Command } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import { renderRepository } from "../../synth/line.ts";
import type { CommandContext } from "../command-context.ts";
import { outputOption, type OutputFormat } from "../common-options.ts";
import type { Io } from "../io.ts";
import { issuesAsJson, printIssues } from "../print-issues.ts";
import { readAllImagePins } from "../read-image-pins.ts";

/** `keelson validate`. */
export function addValidateCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("validate")
    .description("check the whole rendered repository; write nothing")
    .addOption(outputOption())
    .action((options: { readonly output: OutputFormat }) => {
      done(validate(definitions, options, io));
    });
}

/** Stages 1 to 4: checks the whole rendered repository and writes nothing. */
function validate(definitions: Definitions, options: { readonly output: OutputFormat }, io: Io): number {
  const pins = readAllImagePins(io.root, definitions.environments);
  const { manifests, issues } = renderRepository({ definitions, pins });
  if (options.output === "json") io.stdout(`${JSON.stringify({ objects: manifests.length, issues: issuesAsJson(issues, io) }, null, 2)}\n`);
  else {
    printIssues(issues, io);
    io.stdout(`${manifests.length} objects, ${issues.length} ${issues.length === 1 ? "issue" : "issues"}\n`);
  }
  return issues.some(({ severity }) => severity === "error") ? 1 : 0;
}
