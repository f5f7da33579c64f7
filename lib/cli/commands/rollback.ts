import { type Command, Option } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import { requireCommittable } from "../../git/clone-state.ts";
import { GitRepository } from "../../git/git-repository.ts";
import type { CommandContext } from "../command-context.ts";
import { contextIfAskedOption, kubeconfigOption, outputOption } from "../common-options.ts";
import type { Io } from "../io.ts";
import { landEdit } from "../landing/land-edit.ts";
import type { Landed } from "../landing/landing.ts";
import { addLandingOptions } from "../landing/landing-options.ts";
import { landingAsJson, printLanding } from "../landing/print-landing.ts";
import { printJson } from "../print-json.ts";
import { projectFiles } from "../project-files.ts";
import { deliveringApplications } from "../rollback/delivering-applications.ts";
import { fromSamePins } from "../rollback/from-same-pins.ts";
import { lookAtCluster } from "../rollback/look-at-cluster.ts";
import { type NextStep, nextSteps } from "../rollback/next-steps.ts";
import { planRollback, type RollbackCall, type RollbackPlan } from "../rollback/plan-rollback.ts";
import { printCandidates, printGoing, printNextSteps } from "../rollback/print-rollback.ts";
import { rollbackAsJson } from "../rollback/rollback-as-json.ts";
import type { RollbackOptions } from "../rollback/rollback-options.ts";
import { type RollbackScope, rollbackScope } from "../rollback/rollback-scope.ts";
import { seenObservations } from "../seen-observations.ts";

/** What changes the repository. */
const landings = ["commit", "push", "branch"] as const;

/** `keelson rollback`. */
export function addRollbackCommand(program: Command, { definitions, io, done }: CommandContext): void {
  const command = program
    .command("rollback")
    .argument("<service>", "<system>/<service>; what moves together goes back together")
    .description("take a service back to the last good version of its own history in an environment")
    .requiredOption("--environment <name>", "where")
    .addOption(new Option("--to <state>", "a commit, an image tag, an instant, or <n>-steps (default: the last good state)"))
    .addOption(
      new Option("--list", "only show what there is to go back to").conflicts(["to", "ifDegraded", "includeConfig", "dryRun", ...landings]),
    )
    .addOption(new Option("--evidence <file>", "what was seen of it, as `keelson status --evidence` wrote it"))
    .addOption(contextIfAskedOption())
    .addOption(kubeconfigOption())
    .addOption(new Option("--include-config", "take back the commits too that changed its manifests since, and prove it"))
    .addOption(new Option("--allow-others", "let others' manifests change with --include-config"))
    .addOption(new Option("--reason <text>", "why, for the commit"))
    .addOption(new Option("--hold-until <day|instant>", "no pipeline moves it forward until then (default: 72 hours from now)"))
    .addOption(new Option("--no-hold", "let pipelines move it forward at once"))
    .addOption(new Option("--if-degraded", "only when the cluster says that what runs now is Degraded; else do nothing"))
    .addOption(new Option("--allow-production", "allow --if-degraded where changes need a pull request"))
    .addOption(new Option("--dry-run", "say what would be done, and do nothing").conflicts([...landings]));
  addLandingOptions(command)
    .addOption(outputOption())
    .action(async (service: string, options: RollbackOptions) => {
      done(await rollback(definitions, service, options, io));
    });
}

async function rollback(definitions: Definitions, service: string, options: RollbackOptions, io: Io): Promise<number> {
  requireFittingOptions(options);
  const scope = rollbackScope(definitions, service, options.environment);
  if (options.ifDegraded === true && options.allowProduction !== true && scope.policy.approval === "pull-request") {
    throw new UserError(`'--if-degraded' rolls nothing back by itself in '${scope.environment.name}', where changes need a pull request`, {
      hint: "somebody should look first; --allow-production allows it",
    });
  }
  if (options.includeConfig === true) requireCommittable(GitRepository.open(io.root), io.root);
  const reading = await lookAtCluster(definitions, scope, options, io);
  const observations = seenObservations(options.evidence, reading, io);
  const project = projectFiles(io.root);
  const applications = reading === undefined ? [] : deliveringApplications(definitions, project, scope, reading.report.applications);
  const call: RollbackCall = { definitions, scope, options, seen: { observations, applications }, now: io.now() };
  return carryOut(call, io);
}

/** `--list` and `--dry-run` only read; everything else lands. */
async function carryOut(call: RollbackCall, io: Io): Promise<number> {
  const { definitions, options } = call;
  if (options.list === true || options.dryRun === true) {
    const { value, edit } = planRollback({ project: projectFiles(io.root), git: GitRepository.open(io.root) }, call);
    if (isLeftAlone(value)) return tellLeftAlone(value, options, io);
    const steps = edit === undefined ? [] : stepsAfter(call, value, undefined, io);
    if (options.output === "json") {
      const outcome = options.list === true ? "listed" : edit === undefined ? "nothing" : "dry-run";
      printJson({ ...rollbackAsJson(value, call.scope), outcome, next: steps }, io);
      return 0;
    }
    printPlan(value, call.scope, io);
    if (options.list !== true) io.stderr("dry run: nothing was changed\n");
    printNextSteps(steps, io);
    return 0;
  }
  const plan = fromSamePins((base) => planRollback(base, call), call);
  const landing = await landEdit(definitions, plan, options, io);
  if (landing.outcome === "restarted") return landing.exitCode;
  if (isLeftAlone(landing.value)) return tellLeftAlone(landing.value, options, io);
  const isDone = landing.outcome !== "nothing" && landing.outcome !== "invalid";
  const steps = isDone ? stepsAfter(call, landing.value, landing, io) : [];
  if (options.output === "json") {
    printJson({ ...rollbackAsJson(landing.value, call.scope), ...landingAsJson(landing, io), next: steps }, io);
    return landing.exitCode;
  }
  printPlan(landing.value, call.scope, io);
  printLanding(landing, options, io);
  printNextSteps(steps, io);
  return landing.exitCode;
}

function stepsAfter(
  { definitions, scope, options, seen }: RollbackCall,
  { going, version: present }: RollbackPlan,
  landed: Landed<unknown> | undefined,
  io: Io,
): NextStep[] {
  if (going === undefined) return [];
  // rendering takes longest: not before something is to be said of them
  const applications = seen.applications.length > 0 ? seen.applications : deliveringApplications(definitions, projectFiles(io.root), scope);
  const environment = scope.environment.name;
  const { branch } = definitions.repository;
  return nextSteps({
    git: GitRepository.open(io.root),
    environment,
    branch,
    going,
    present,
    applications,
    landed,
    options,
  });
}

function printPlan(plan: RollbackPlan, scope: RollbackScope, io: Io): void {
  for (const sentence of plan.verdict?.seen ?? []) io.stderr(`${sentence}\n`);
  printCandidates(plan, scope, io);
  if (plan.going !== undefined) printGoing(plan.going, scope, io);
}

/** With `--if-degraded`, where it is not. */
function isLeftAlone({ verdict }: RollbackPlan): boolean {
  return verdict?.degraded === false;
}

function tellLeftAlone({ verdict }: RollbackPlan, { output }: RollbackOptions, io: Io): number {
  const seen = verdict?.seen ?? [];
  if (output === "json") printJson({ outcome: "not-degraded", seen }, io);
  else io.stdout(`${seen.join("\n")}\nnothing is rolled back\n`);
  return 0;
}

function requireFittingOptions({ includeConfig, allowOthers, ifDegraded, allowProduction, hold, holdUntil }: RollbackOptions): void {
  const needs = (given: boolean | undefined, option: string, other: string): void => {
    if (given === true) throw new UserError(`'${option}' goes with '${other}'`, { hint: `give ${other} as well, or leave it out` });
  };
  needs(allowOthers === true && includeConfig !== true, "--allow-others", "--include-config");
  needs(allowProduction === true && ifDegraded !== true, "--allow-production", "--if-degraded");
  if (!hold && holdUntil !== undefined) throw new UserError("'--no-hold' and '--hold-until' contradict each other", { hint: "give one" });
}
