import { Command, Option } from "commander";
import type { Definitions } from "../definition/definitions.ts";
import { diff, type DiffOptions } from "./commands/diff.ts";
import { synth, type SynthOptions } from "./commands/synth.ts";
import { validate } from "./commands/validate.ts";
import type { Io } from "./io.ts";
import { reportError } from "./report-error.ts";

/**
 * Runs one command line.
 *
 * @param argv - without the program's own name
 * @returns 0 nothing to report, 1 findings or differences, 2 could not run
 */
export async function run(definitions: Definitions, argv: readonly string[], io: Io): Promise<number> {
  let exitCode = 0;
  const program = createProgram(definitions, io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    return reportError(error, io);
  }
}

function createProgram(definitions: Definitions, io: Io, done: (exitCode: number) => void): Command {
  const program = new Command("keelson")
    .description("Typed definitions become the GitOps repository that Argo CD reads.")
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr, getOutHasColors: () => io.color, getErrHasColors: () => io.color });
  const output = new Option("--output <format>", "how to print the result").choices(["text", "json"]).default("text");
  const environment = new Option("--environment <name>", "apply only what this environment owns; may be given several times").argParser(
    (name: string, before: readonly string[] | undefined) => [...(before ?? []), name],
  );
  const dist = new Option("--dist <folder>", "the folder to compare with and write to (default: the repository's output)");
  const force = new Option("--force", "take over a folder that holds something and that Keelson did not write");

  program
    .command("synth")
    .description("write the generated files that changed, and remove stale ones")
    .addOption(environment)
    .addOption(dist)
    .addOption(new Option("--check", "write nothing; exit 1 and name the files when something would change"))
    .addOption(force)
    .addOption(output)
    .action((options: SynthOptions) => {
      done(synth(definitions, options, io));
    });
  program
    .command("diff")
    .description("print what synth would change, as a unified diff; exit 1 when there is anything")
    .addOption(environment)
    .addOption(dist)
    .addOption(force)
    .addOption(output)
    .action((options: DiffOptions) => {
      done(diff(definitions, options, io));
    });
  program
    .command("validate")
    .description("check the whole rendered repository; write nothing")
    .addOption(output)
    .action((options: { output: "text" | "json" }) => {
      done(validate(definitions, options, io));
    });
  return program;
}
