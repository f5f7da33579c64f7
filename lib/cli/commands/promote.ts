import { type Command, Option } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import type { EnvironmentDefinition } from "../../definition/environment.ts";
import { UserError } from "../../errors/user-error.ts";
import { promotionSource } from "../../promotion/promotion-path.ts";
import type { CommandContext } from "../command-context.ts";
import { contextIfAskedOption, kubeconfigOption, outputOption, type OutputFormat } from "../common-options.ts";
import type { Io } from "../io.ts";
import { landEdit } from "../landing/land-edit.ts";
import type { EditBase, Landed, Landing, PlannedEdit, RepositoryEdit } from "../landing/landing.ts";
import { addLandingOptions, type AttributionOptions, type LandingOptions } from "../landing/landing-options.ts";
import { landingAsJson, printLanding } from "../landing/print-landing.ts";
import { namedEnvironment, type NamedService, namedServices } from "../named-service.ts";
import { planOutput } from "../plan-output.ts";
import { printIssues } from "../print-issues.ts";
import { printJson } from "../print-json.ts";
import { projectFiles } from "../project-files.ts";
import { type LookOptions, lookAtSource } from "../promotion/look-at-source.ts";
import { type AskedPromotion, planPromotion } from "../promotion/plan-promotion.ts";
import { printPromotion, printRefusal } from "../promotion/print-promotion.ts";
import { isRefused, movedPins, type Promotion } from "../promotion/promotion.ts";
import { promotionAsJson } from "../promotion/promotion-as-json.ts";

interface PromoteOptions extends LandingOptions, AttributionOptions, LookOptions {
  readonly to: string;
  /** @default the one before `to` */
  readonly from?: string;
  /** The tag to call every image by. */
  readonly as?: string;
  /** Why gates are passed over. */
  readonly override?: string;
  readonly dryRun?: boolean;
  readonly output: OutputFormat;
}

/** `keelson promote`. */
export function addPromoteCommand(program: Command, { definitions, io, done }: CommandContext): void {
  const command = program
    .command("promote")
    .description("copy image pins into the next environment, each with its digest; exit 1 when a gate refuses")
    .argument("<services...>", "<system>, or <system>/<service>, with :<container> or @<track> where one is meant")
    .addOption(new Option("--to <environment>", "where to").makeOptionMandatory())
    .addOption(new Option("--from <environment>", "where from (default: the environment before)"))
    .addOption(new Option("--as <tag>", "name the same images by this tag, once the registry says that they have it"))
    .addOption(new Option("--override <reason>", "pass soak, health, freeze and hold gates; the commit says why"))
    .addOption(new Option("--evidence <file>", "what was seen where the pins come from, as `status --evidence` writes it"))
    .addOption(contextIfAskedOption())
    .addOption(kubeconfigOption())
    .addOption(new Option("--control-plane <name>", "whose Argo CD is asked (default: the only one's)"))
    .addOption(new Option("--dry-run", "show all, change nothing"));
  addLandingOptions(command)
    .addOption(outputOption())
    .action(async (services: readonly string[], options: PromoteOptions) => {
      done(await promote(definitions, services, options, io));
    });
}

async function promote(definitions: Definitions, services: readonly string[], options: PromoteOptions, io: Io): Promise<number> {
  const asked = await askedPromotion(definitions, services, options, io);
  const landing = await (options.dryRun === true ? landNothing(asked, io) : landEdit(definitions, planOf(asked, io), options, io));
  if (landing.outcome === "restarted") return landing.exitCode;
  const promotion = landing.value;
  const refused = isRefused(promotion);
  const isRehearsal = options.dryRun === true && !refused && movedPins(promotion.systems).length > 0;
  if (options.output === "json") {
    const rehearsed = isRehearsal && landing.outcome === "nothing" && { outcome: "dry-run" };
    printJson({ ...promotionAsJson(promotion), ...landingAsJson(landing, io), ...rehearsed }, io);
  } else {
    printPromotion(promotion, io);
    if (refused) printRefusal(promotion, io);
    else if (isRehearsal) printDryRun(landing, io);
    else printLanding(landing, options, io);
  }
  return refused ? 1 : landing.exitCode;
}

/** What the command line asks for, in the words of definitions; asks the cluster where one is named. */
async function askedPromotion(
  definitions: Definitions,
  services: readonly string[],
  options: PromoteOptions,
  io: Io,
): Promise<AskedPromotion> {
  const { to, from, as: tag, override, actor, run, refs, breakingChange } = options;
  if (override?.trim() === "") throw new UserError("'--override' gives no reason", { hint: "say why the gates are passed over" });
  const requests = services.flatMap((text) => namedServices(definitions, text, to));
  const source = commonSource(definitions, requests, from);
  const systems = [...new Set(requests.map(({ system }) => system.name))];
  const observations = await lookAtSource({ definitions, environment: source.name, systems }, options, io);
  const attribution = { actor, run, refs, breakingChange };
  const command = `keelson promote ${services.join(" ")} --to ${to}`;
  return { definitions, requests, from: source, to: namedEnvironment(definitions, to), tag, override, observations, attribution, command };
}

/** One commit says one environment that its pins come from. */
function commonSource(definitions: Definitions, requests: readonly NamedService[], from: string | undefined): EnvironmentDefinition {
  const sources = requests.map(({ system, environment }) => promotionSource(definitions, system, environment, from));
  const [first] = sources;
  if (first !== undefined && sources.every((source) => source === first)) return first;
  throw new UserError(
    `these systems come from different environments: ${[...new Set(sources.map(({ name }) => `'${name}'`))].join(", ")}`,
    {
      hint: "promote them one after the other",
    },
  );
}

function planOf(asked: AskedPromotion, io: Io): (base: EditBase) => Promise<PlannedEdit<Promotion>> {
  return (base) => planPromotion(asked, base, io);
}

/** Everything but the landing: what would be written is rendered and checked. */
async function landNothing(asked: AskedPromotion, io: Io): Promise<Landing<Promotion>> {
  let edit: RepositoryEdit | undefined;
  const plan = async (base: EditBase): Promise<PlannedEdit<Promotion>> => {
    const planned = await planPromotion(asked, base, io);
    edit = planned.edit;
    return { edit: undefined, value: planned.value };
  };
  const landing = await landEdit(asked.definitions, plan, {}, io);
  if (edit === undefined || landing.outcome === "restarted") return landing;
  const { plan: output, issues, failed } = planOutput(asked.definitions, {}, io, projectFiles(io.root, edit.files));
  return { ...landing, outcome: failed ? "invalid" : landing.outcome, changes: output.changes, issues, exitCode: failed ? 1 : 0 };
}

function printDryRun({ issues, changes }: Landed<Promotion>, io: Io): void {
  printIssues(issues, io);
  io.stderr(`dry run: nothing was changed; ${changes.length} generated ${changes.length === 1 ? "file" : "files"} would be\n`);
}
