import { type Command, Option } from "commander";
import { goDurationMilliseconds } from "../../definition/go-duration.ts";
import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import type { CommandContext } from "../command-context.ts";
import { contextOption, kubeconfigOption, outputOption, type OutputFormat, repeatableOption } from "../common-options.ts";
import { waitForStatus, watchStatus } from "../follow-status.ts";
import type { Io } from "../io.ts";
import { printJson } from "../print-json.ts";
import { printStatus } from "../print-status.ts";
import { openStatus, type StatusOptions, type StatusReading } from "../open-status.ts";
import { recordEvidence } from "../record-evidence.ts";
import { recordSyncs } from "../record-syncs.ts";
import { statusAsJson } from "../status-as-json.ts";

interface StatusCommandOptions extends StatusOptions {
  readonly output: OutputFormat;
  readonly watch?: boolean;
  readonly wait?: boolean;
  /** A Go duration. */
  readonly timeout?: string;
  /** A file that takes one line for each sync. */
  readonly record?: string;
  /** A file that takes one line for each Application that is not as it was. */
  readonly evidence?: string;
}

/** `keelson status`. */
export function addStatusCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("status")
    .description("compare what Argo CD holds with Git; exit 1 when something is not as it should be")
    .addOption(contextOption())
    .addOption(kubeconfigOption())
    .addOption(new Option("--control-plane <name>", "whose Argo CD it is (default: the only one's)"))
    .addOption(repeatableOption("--environment <name>", "only what belongs to this environment"))
    .addOption(repeatableOption("--system <name>", "only what belongs to this system"))
    .addOption(repeatableOption("--application <name>", "only this Application"))
    .addOption(new Option("--revision <commit>", "the commit to hold the cluster to (default: HEAD)"))
    .addOption(new Option("--contains <commit>", "the same, by the name that reads well beside --wait").conflicts("revision"))
    .addOption(new Option("--watch", "look again every two seconds until interrupted").conflicts("wait"))
    .addOption(new Option("--wait", "wait until everything is as it should be"))
    .addOption(new Option("--timeout <duration>", "how long to wait (default: 10m)"))
    .addOption(new Option("--record <file>", "append who synced what and when, one JSON object a line"))
    .addOption(new Option("--evidence <file>", "append what is seen of each Application and differs from before, one JSON object a line"))
    .addOption(outputOption())
    .action(async (options: StatusCommandOptions) => {
      done(await status(definitions, options, io));
    });
}

async function status(definitions: Definitions, options: StatusCommandOptions, io: Io): Promise<number> {
  const { output, record, evidence, wait = false, timeout: given = "10m" } = options;
  const timeout = goDurationMilliseconds("'--timeout'", given);
  if (!wait && options.timeout !== undefined) throw new UserError("'--timeout' says how long to wait", { hint: "give --wait as well" });
  if (options.watch === true && output === "json")
    throw new UserError("'--watch' prints for people, got '--output json'", { hint: "leave one of them out" });
  const look = await openStatus(definitions, options, io);
  const read = async (): Promise<StatusReading> => {
    const reading = await look();
    if (record !== undefined) recordSyncs(record, reading, io);
    if (evidence !== undefined) recordEvidence(evidence, reading, io);
    return reading;
  };
  const show = (reading: StatusReading): void => {
    if (output === "json") printJson(statusAsJson(reading), io);
    else printStatus(reading, io);
  };
  if (options.watch === true) return exitCode(await watchStatus(read, show, io));
  const reading = wait ? await waitForStatus(read, timeout, io) : await read();
  if (wait && !reading.report.ok) io.stderr(`gave up after ${given}\n`);
  show(reading);
  return exitCode(reading);
}

function exitCode({ report }: StatusReading): number {
  return report.ok ? 0 : 1;
}
