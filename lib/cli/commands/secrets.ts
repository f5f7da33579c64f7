import type { Command } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import { nearestNames } from "../../errors/nearest-names.ts";
import { UserError } from "../../errors/user-error.ts";
import { secretReport } from "../../manifest/secret-report.ts";
import { renderRepository } from "../../synth/line.ts";
import type { CommandContext } from "../command-context.ts";
import { outputOption, type OutputFormat, repeatableOption } from "../common-options.ts";
import type { Io } from "../io.ts";
import { printJson } from "../print-json.ts";
import { printSecrets, secretsAsJson } from "../print-secrets.ts";
import { projectFiles } from "../project-files.ts";
import { readLineInput } from "../read-line-input.ts";

interface SecretsOptions {
  readonly environment?: readonly string[];
  readonly output: OutputFormat;
}

/** `keelson secrets`. */
export function addSecretsCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("secrets")
    .description("tell who makes each Secret, who reads it, and what restarts when it rotates; show no value, ask no cluster")
    .addOption(repeatableOption("--environment <name>", "only what belongs to this environment"))
    .addOption(outputOption())
    .action((options: SecretsOptions) => {
      secrets(definitions, options, io);
      done(0);
    });
}

function secrets(definitions: Definitions, { environment: wanted = [], output }: SecretsOptions, io: Io): void {
  const known = definitions.environments.map(({ definition }) => definition.name);
  const stranger = wanted.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new UserError(`there is no environment '${stranger}'`, { hint: `the environments are: ${nearestNames(stranger, known)}` });
  }
  const { facts } = renderRepository(readLineInput(definitions, projectFiles(io.root)));
  const report = secretReport(facts).filter(
    ({ environment }) => wanted.length === 0 || (environment !== undefined && wanted.includes(environment)),
  );
  if (output === "json") printJson(secretsAsJson(report), io);
  else printSecrets(report, io);
}
