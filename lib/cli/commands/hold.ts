import { type Command, Option } from "commander";
import { UserError } from "../../errors/user-error.ts";
import { heldBy } from "../../hold/hold.ts";
import type { CommandContext } from "../command-context.ts";
import { outputOption, type OutputFormat, repeatableOption } from "../common-options.ts";
import { givenUntil, shownUntil } from "../given-until.ts";
import { type HoldTarget, holdTarget } from "../hold/hold-target.ts";
import { listHolds, type ListHoldsOptions } from "../hold/list-holds.ts";
import { type HoldMove, planHold, planRelease, type WantedHold } from "../hold/plan-hold.ts";
import { holdAsJson } from "../hold-as-json.ts";
import type { EditBase, PlannedEdit } from "../landing/landing.ts";
import { landEdit } from "../landing/land-edit.ts";
import { addLandingOptions, type AttributionOptions, type LandingOptions } from "../landing/landing-options.ts";
import { landingAsJson, printLanding } from "../landing/print-landing.ts";
import { printJson } from "../print-json.ts";

interface ReleaseOptions extends LandingOptions, AttributionOptions {
  readonly environment: string;
  readonly reason?: string;
  readonly output: OutputFormat;
}

interface SetOptions extends ReleaseOptions {
  readonly until: string;
  readonly reason: string;
  readonly ticket?: string;
}

/** `keelson hold set`, `release` and `list`. */
export function addHoldCommand(program: Command, context: CommandContext): void {
  const { definitions, io, done } = context;
  const hold = program.command("hold").description("keep pins of an environment where they are for a while, with a reason and an end");
  const edit = (name: string, description: string, target: string): Command =>
    hold
      .command(name)
      .description(description)
      .argument("[target]", `<system>/<service> or <system> (default: ${target})`)
      .addOption(environmentOption());
  addLandingOptions(
    edit("set", "hold a service, a system or a whole environment, or change what a hold says", "the whole environment")
      .addOption(new Option("--until <day|instant>", "its last day, in UTC, or its last second (RFC 3339)").makeOptionMandatory())
      .addOption(new Option("--reason <text>", "why").makeOptionMandatory())
      .addOption(new Option("--ticket <id>", "where it is tracked")),
  )
    .addOption(outputOption())
    .action(async (target: string | undefined, options: SetOptions) => {
      if (options.reason.trim() === "") throw new UserError("the hold has no reason", { hint: "say why nothing is to move" });
      const where = holdTarget(definitions, target, options.environment);
      const wanted: WantedHold = { ...options, until: givenUntil("--until", options.until, io.now()) };
      done(await land(context, where, options, (base) => planHold(base, where, wanted, io.now().toISOString())));
    });
  addLandingOptions(
    edit("release", "let what is held move again", "the hold of the whole environment").addOption(new Option("--reason <text>", "why")),
  )
    .addOption(outputOption())
    .action(async (target: string | undefined, options: ReleaseOptions) => {
      const where = holdTarget(definitions, target, options.environment);
      done(await land(context, where, options, (base) => planRelease(base, where, options, io.now().toISOString())));
    });
  hold
    .command("list")
    .description("print what is held, and what was held and has not been released")
    .addOption(repeatableOption("--environment <name>", "only of this environment"))
    .addOption(outputOption())
    .action((options: ListHoldsOptions) => {
      done(listHolds(definitions, options, io));
    });
}

function environmentOption(): Option {
  return new Option("--environment <name>", "where").makeOptionMandatory();
}

async function land(
  { definitions, io }: CommandContext,
  where: HoldTarget,
  options: ReleaseOptions,
  plan: (base: EditBase) => PlannedEdit<HoldMove>,
): Promise<number> {
  const landing = await landEdit(definitions, plan, options, io);
  if (landing.outcome === "restarted") return landing.exitCode;
  const { before, after } = landing.value;
  if (options.output === "json") {
    const now = io.now().toISOString();
    const asJson = (entry: HoldMove["after"]): object | null => (entry === undefined ? null : holdAsJson(entry, now));
    const result = { environment: where.environment, target: where.target, before: asJson(before), after: asJson(after) };
    printJson({ ...result, ...landingAsJson(landing, io) }, io);
    return landing.exitCode;
  }
  if (landing.outcome !== "invalid") io.stdout(`${told(where, landing.value)}\n`);
  printLanding(landing, options, io);
  return landing.exitCode;
}

function told({ title }: HoldTarget, { before, after, still }: HoldMove): string {
  if (after !== undefined) {
    const earlier = before === undefined || before.until === after.until ? "" : `, before until ${shownUntil(before.until)}`;
    return `${title} is held until ${shownUntil(after.until)}${earlier}`;
  }
  const stays = still === undefined ? "" : `, and stays held until ${shownUntil(still.until)} by ${heldBy(still)}`;
  if (before === undefined) return `${title} has no hold of its own${stays}`;
  const said = `the hold of ${before.by} said: ${before.reason}`;
  return still === undefined ? `${title} is held no more; ${said}` : `${title} has no hold of its own any more (${said})${stays}`;
}
