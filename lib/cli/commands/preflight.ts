import { type Command, Option } from "commander";
import picocolors from "picocolors";
import type { KubernetesApi } from "../../cluster/kubernetes-api.ts";
import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import { GitRepository } from "../../git/git-repository.ts";
import { checks } from "../../preflight/checks.ts";
import type { ProjectFacts } from "../../preflight/project-facts.ts";
import { type CheckedItem, runChecks } from "../../preflight/run-checks.ts";
import { planRepository, renderRepository } from "../../synth/line.ts";
import { openOutputFolder } from "../../synth/output-folder.ts";
import { chosenControlPlane } from "../chosen-control-plane.ts";
import type { CommandContext } from "../command-context.ts";
import { contextOption, kubeconfigOption, outputOption, type OutputFormat } from "../common-options.ts";
import type { Io } from "../io.ts";
import { printJson } from "../print-json.ts";
import { projectFiles } from "../project-files.ts";
import { readLineInput } from "../read-line-input.ts";

/** Of one check, where people read them; JSON has them all. */
const mostFindings = 20;

interface PreflightOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly controlPlane?: string;
  readonly offline?: boolean;
  readonly output: OutputFormat;
}

/** `keelson preflight`. */
export function addPreflightCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("preflight")
    .description("check that a project and its cluster are ready to go live; change nothing; exit 1 when a check fails")
    .addOption(new Option("--control-plane <name>", "whose go-live (default: the only one)"))
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addOption(new Option("--offline", "ask no cluster"))
    .addOption(outputOption())
    .action(async (options: PreflightOptions) => {
      done(await preflight(definitions, options, io));
    });
}

/** Runs every check, prints what it found and what to do. */
async function preflight(definitions: Definitions, options: PreflightOptions, io: Io): Promise<number> {
  const facts = projectFacts(definitions, options, io);
  const items = await runChecks(checks, facts, await clusterOf(options, io));
  const count = (result: CheckedItem["result"]): number => items.filter((item) => item.result === result).length;
  const counts = { pass: count("pass"), fail: count("fail"), unknown: count("unknown"), skipped: count("skipped") };
  if (options.output === "json") printJson({ controlPlane: facts.controlPlane.name, counts, checks: items }, io);
  else {
    for (const item of items) printItem(item, io);
    io.stdout(`${counts.pass} passed, ${counts.fail} failed, ${counts.unknown} unknown, ${counts.skipped} skipped\n`);
  }
  return counts.fail > 0 ? 1 : 0;
}

function projectFacts(definitions: Definitions, options: PreflightOptions, io: Io): ProjectFacts {
  const controlPlane = chosenControlPlane(definitions, options.controlPlane);
  const rendered = renderRepository(readLineInput(definitions, projectFiles(io.root)));
  const errors = rendered.issues.filter(({ severity }) => severity === "error").length;
  const { output } = definitions.repository;
  const plan = planRepository(rendered, openOutputFolder(`${io.root}/${output}`, output), { force: true });
  return {
    definitions,
    controlPlane,
    manifests: rendered.manifests,
    errors,
    staleFiles: plan.changes.map(({ path }) => `${output}/${path}`),
    clone: cloneOf(io),
  };
}

function cloneOf(io: Io): GitRepository | string {
  try {
    return GitRepository.open(io.root);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** The cluster, or why it is not asked. */
async function clusterOf({ offline, kubeconfig, context }: PreflightOptions, io: Io): Promise<KubernetesApi | string> {
  if (offline === true) return "offline: no cluster is asked";
  return io.connect({ kubeconfig, context });
}

function printItem({ id, result, title, detail, findings = [], fix }: CheckedItem, io: Io): void {
  const colors = picocolors.createColors(io.color && io.terminal);
  const paint = { pass: colors.green, fail: colors.red, unknown: colors.yellow, skipped: colors.dim }[result];
  io.stdout(`${paint(result.padEnd(7))} ${title}: ${detail} ${colors.dim(`[${id}]`)}\n`);
  for (const finding of findings.slice(0, mostFindings)) io.stdout(`          ${finding}\n`);
  if (findings.length > mostFindings) io.stdout(`          and ${findings.length - mostFindings} more\n`);
  if (fix !== undefined && result !== "pass") io.stdout(`        fix: ${fix}\n`);
}
