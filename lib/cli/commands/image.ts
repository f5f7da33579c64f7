import { type Command, Option } from "commander";
import { resolveDigest } from "../../container-registry/resolve-digest.ts";
import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import type { CommandContext } from "../command-context.ts";
import { outputOption, type OutputFormat } from "../common-options.ts";
import { type ImageSetReport, planImageSet } from "../image-set/plan-image-set.ts";
import { imageSetAsJson, printImageSet } from "../image-set/print-image-set.ts";
import { requireFitting, requireRegistries } from "../image-set/require-fitting.ts";
import { openSourceOrder, type SourceOptions } from "../image-set/source-order.ts";
import { type WantedPin, wantedPins } from "../image-set/wanted-pins.ts";
import type { Io } from "../io.ts";
import { landEdit } from "../landing/land-edit.ts";
import type { Landed } from "../landing/landing.ts";
import { addLandingOptions, type AttributionOptions, type LandingOptions } from "../landing/landing-options.ts";
import { landingAsJson, printLanding } from "../landing/print-landing.ts";
import { namedEnvironment } from "../named-service.ts";
import { printJson } from "../print-json.ts";
import { projectFiles } from "../project-files.ts";

interface ImageSetOptions extends LandingOptions, AttributionOptions, SourceOptions {
  readonly environment: string;
  readonly resolveDigest?: boolean;
  readonly override?: string;
  readonly skipHeld?: boolean;
  readonly output: OutputFormat;
}

/** `keelson image set`. */
export function addImageCommand(program: Command, { definitions, io, done }: CommandContext): void {
  const image = program.command("image").description("change which images an environment runs");
  const set = image
    .command("set")
    .description("change the pins of services, and everything that is rendered from them: all or nothing")
    .argument("<pins...>", "<system>/<service>[:<container>][@<track>] <image>, again for each further one")
    .addOption(new Option("--environment <name>", "where").makeOptionMandatory())
    .addOption(new Option("--resolve-digest", "ask the registry for the digest of each tag, and pin both"))
    .addOption(new Option("--source <folder>", "a clone of the repository the images were built from: what is pinned never goes back"))
    .addOption(new Option("--source-commit <commit>", "the commit they were built from (default: what that clone has checked out)"))
    .addOption(new Option("--allow-unrelated", "move pins too whose commit that clone does not know"))
    .addOption(new Option("--override <reason>", "pass holds and freezes; recorded in the commit").conflicts("skipHeld"))
    .addOption(new Option("--skip-held", "leave pins that are held where they are, and move the others"));
  addLandingOptions(set)
    .addOption(outputOption())
    .action(async (words: readonly string[], options: ImageSetOptions) => {
      done(await setImages(definitions, words, options, io));
    });
}

/** Everything that the command line alone decides is checked first, then the registry is asked, then the repository changes. */
async function setImages(definitions: Definitions, words: readonly string[], options: ImageSetOptions, io: Io): Promise<number> {
  if (options.override?.trim() === "") {
    throw new UserError("--override has no reason", { hint: "say why holds and freezes are passed: it is recorded" });
  }
  const named = wantedPins(definitions, words, options.environment);
  requireRegistries(definitions, named);
  const order = openSourceOrder(options, io);
  const wanted = options.resolveDigest === true ? await withDigests(named, io) : named;
  requireFitting(definitions, wanted, projectFiles(io.root));
  const request = {
    environment: namedEnvironment(definitions, options.environment),
    wanted,
    order,
    override: options.override,
    skipHeld: options.skipHeld,
    attribution: options,
  };
  const landing = await landEdit(definitions, (base) => planImageSet(base, request, io.now().toISOString()), options, io);
  if (landing.outcome === "restarted") return landing.exitCode;
  tell(landing, options, io);
  return landing.value.refused ? 1 : landing.exitCode;
}

async function withDigests(pins: readonly WantedPin[], io: Io): Promise<WantedPin[]> {
  const resolved: WantedPin[] = [];
  for (const pin of pins) resolved.push({ ...pin, reference: await resolveDigest(pin.reference, io.registry) });
  return resolved;
}

function tell(landing: Landed<ImageSetReport>, options: ImageSetOptions, io: Io): void {
  if (options.output === "json") {
    const result = { environment: options.environment, ...imageSetAsJson(landing.value), ...landingAsJson(landing, io) };
    printJson(result, io);
    return;
  }
  if (landing.outcome !== "invalid") printImageSet(landing.value, io);
  if (!landing.value.refused) printLanding(landing, options, io);
}
