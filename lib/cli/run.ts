import { Command } from "commander";
import type { Definitions } from "../definition/definitions.ts";
import type { CommandContext } from "./command-context.ts";
import { addAtCommand } from "./commands/at.ts";
import { addBranchProtectionCommand } from "./commands/branch-protection.ts";
import { addCodeOwnersCommand } from "./commands/codeowners.ts";
import { addDiffCommand } from "./commands/diff.ts";
import { addExperimentCommand } from "./commands/experiment.ts";
import { addImageCommand } from "./commands/image.ts";
import { addHistoryCommand } from "./commands/history.ts";
import { addStatusCommand } from "./commands/status.ts";
import { addHoldCommand } from "./commands/hold.ts";
import { addNewCommand } from "./commands/new.ts";
import { addPreflightCommand } from "./commands/preflight.ts";
import { addPromoteCommand } from "./commands/promote.ts";
import { addResolveCommand } from "./commands/resolve.ts";
import { addRollbackCommand } from "./commands/rollback.ts";
import { addRulesCommand } from "./commands/rules.ts";
import { addSealCommand } from "./commands/seal.ts";
import { addSecretsCommand } from "./commands/secrets.ts";
import { addSynthCommand } from "./commands/synth.ts";
import { addValidateCommand } from "./commands/validate.ts";
import type { Io } from "./io.ts";
import { reportError } from "./report-error.ts";

/** Every command, in the order of the help. */
const commands = [
  addSynthCommand,
  addDiffCommand,
  addValidateCommand,
  addRulesCommand,
  addImageCommand,
  addPromoteCommand,
  addRollbackCommand,
  addResolveCommand,
  addSealCommand,
  addSecretsCommand,
  addHistoryCommand,
  addAtCommand,
  addStatusCommand,
  addExperimentCommand,
  addHoldCommand,
  addPreflightCommand,
  addNewCommand,
  addCodeOwnersCommand,
  addBranchProtectionCommand,
];

/**
 * Runs one command line.
 *
 * @param argv - without the program's own name
 * @returns 0 nothing to report, 1 findings or differences, 2 could not run
 */
export async function run(definitions: Definitions, argv: readonly string[], io: Io): Promise<number> {
  let exitCode = 0;
  const context: CommandContext = {
    definitions,
    io,
    done: (code) => {
      exitCode = code;
    },
  };
  const program = createProgram(io);
  for (const addCommand of commands) addCommand(program, context);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    return reportError(error, io);
  }
}

function createProgram(io: Io): Command {
  return new Command("keelson")
    .description("Typed definitions become the GitOps repository that Argo CD reads.")
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr, getOutHasColors: () => io.color, getErrHasColors: () => io.color });
}
