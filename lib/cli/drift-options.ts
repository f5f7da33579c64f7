import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { type Command, Option } from "commander";
import { goDurationMilliseconds } from "../definition/go-duration.ts";
import { UserError } from "../errors/user-error.ts";
import { injections } from "../experiment/injections.ts";
import { type ManualTime, readManualTimes } from "../experiment/manual-times.ts";
import type { Between } from "../experiment/run-experiment.ts";
import { contextOption, kubeconfigOption } from "./common-options.ts";
import type { Io } from "./io.ts";

/** Options of `experiment drift`, durations as they were given. */
export interface DriftOptions {
  readonly environment?: string;
  readonly cluster?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly workloadContext?: string;
  readonly injection: string;
  readonly trials: number;
  readonly between: Between;
  readonly pause: string;
  readonly timeout: string;
  readonly poll: string;
  readonly threshold: string;
  readonly manualTimes?: string;
  readonly out?: string;
  readonly yes?: boolean;
  readonly allowProduction?: boolean;
  readonly list?: boolean;
}

/** Times of an experiment, all in milliseconds. */
export type DriftTimes = Readonly<Record<"pause" | "timeout" | "poll" | "threshold", number>>;

/** Gives a command the options of `experiment drift`. */
export function addDriftOptions(command: Command): Command {
  return command
    .argument("[service]", "which one: <system>/<service>")
    .addOption(new Option("--environment <name>", "where"))
    .addOption(new Option("--cluster <name>", "on which cluster (default: the only one)"))
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addOption(new Option("--workload-context <name>", "the kubeconfig context of the service's cluster, where that is another one"))
    .addOption(new Option("--injection <name>", "the damage").choices(injections.map(({ name }) => name)).default("delete"))
    .addOption(new Option("--trials <n>", "how often").default(5).argParser(trialCount))
    .addOption(new Option("--between <what>", "what happens between trials").choices(["pause", "commit", "none"]).default("pause"))
    .addOption(new Option("--pause <duration>", "with --between pause: at least so long").default("0s"))
    .addOption(new Option("--timeout <duration>", "how long to watch one trial, and to wait for its start").default("10m"))
    .addOption(new Option("--poll <duration>", "how often to look; this is the resolution").default("250ms"))
    .addOption(new Option("--threshold <duration>", "a trial passes below this").default("60s"))
    .addOption(new Option("--manual-times <csv>", "times that people took, to compare with"))
    .addOption(
      new Option("--out <folder>", "a new folder for samples.csv, summary.json and summary.md (default: named after Application and time)"),
    )
    .addOption(new Option("--yes", "do not ask"))
    .addOption(new Option("--allow-production", "allow an environment whose changes need a pull request"))
    .addOption(new Option("--list", "print the kinds of damage and do nothing"));
}

/** The durations of the command line. @throws UserError when one is none, or no time at all */
export function driftTimes({ pause, timeout, poll, threshold }: DriftOptions): DriftTimes {
  const positive = (name: string, text: string): number => {
    const value = goDurationMilliseconds(`'--${name}'`, text);
    if (value === 0) throw new UserError(`'--${name}' is no time at all, got '${text}'`);
    return value;
  };
  return {
    pause: goDurationMilliseconds("'--pause'", pause),
    timeout: positive("timeout", timeout),
    poll: positive("poll", poll),
    threshold: positive("threshold", threshold),
  };
}

/** The times that people took, if a file of them is named. @throws UserError when it cannot be read or used */
export function driftManualTimes({ manualTimes: file }: DriftOptions, io: Io): ManualTime[] {
  if (file === undefined) return [];
  const path = isAbsolute(file) ? file : join(io.workingFolder, file);
  if (!existsSync(path)) throw new UserError(`there is no file '${file}'`, { hint: "name the file of manual times" });
  return readManualTimes(readFileSync(path, "utf8"), file);
}

function trialCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UserError(`'--trials' is not a number of trials, got '${text}'`, { hint: "give 1 or more" });
  return Number(text);
}
