import { type Command, Option } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import type { SystemDefinition, SystemProps } from "../../definition/system.ts";
import { nearestNames } from "../../errors/nearest-names.ts";
import { UserError } from "../../errors/user-error.ts";
import { type ConstructName, type FirstProps, firstProps } from "../../scaffold/first-props.ts";
import { newEnvironment } from "../../scaffold/new-environment.ts";
import { newService } from "../../scaffold/new-service.ts";
import { newSystem } from "../../scaffold/new-system.ts";
import { newTeam } from "../../scaffold/new-team.ts";
import type { ScaffoldFile } from "../../scaffold/scaffold-file.ts";
import type { CommandContext } from "../command-context.ts";
import type { Io } from "../io.ts";
import { firstPins } from "../new/first-pins.ts";
import { writeScaffold } from "../new/write-scaffold.ts";
import { projectFiles } from "../project-files.ts";

interface TeamOptions {
  readonly codeOwner?: readonly string[];
  readonly slack?: string;
}

interface SystemOptions {
  readonly team: string;
  readonly environment?: readonly string[];
  readonly applications: SystemProps["applications"];
}

interface ServiceOptions {
  readonly construct: ConstructName;
  readonly image?: readonly string[];
}

const next = "hint: look at them, then run `npm run types && npm run synth` and commit everything\n";

/** `keelson new`. */
export function addNewCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("new")
    .description("write the first files of something, and register it; every file is yours from then on");
  addNewTeam(command, context);
  addNewSystem(command, context);
  addNewService(command, context);
  addNewEnvironment(command, context);
}

function addNewTeam(command: Command, { definitions, io, done }: CommandContext): void {
  command
    .command("team")
    .description("a team in apps/teams.ts")
    .argument("<name>", "its name")
    .addOption(
      new Option("--code-owner <owner...>", "who reviews its files, as CODEOWNERS says it (default: the organization's team of that name)"),
    )
    .addOption(new Option("--slack <channel>", "where its alerts go (default: <name>-alerts)"))
    .action(async (name: string, { codeOwner, slack }: TeamOptions) => {
      const team = { name, ...(codeOwner && { codeOwners: codeOwner }), ...(slack !== undefined && { slackChannel: slack }) };
      write(await newTeam(definitions, team, projectFiles(io.root).read), io);
      io.stderr(`hint: give it a system: \`keelson new system <name> --team ${name}\`\n`);
      done(0);
    });
}

function addNewSystem(command: Command, { definitions, io, done }: CommandContext): void {
  command
    .command("system")
    .description("a system without services yet")
    .argument("<name>", "its name")
    .addOption(new Option("--team <name>", "who owns it").makeOptionMandatory())
    .addOption(new Option("--environment <name...>", "where it runs (default: everywhere)"))
    .addOption(
      new Option("--applications <form>", "what one Application holds")
        .choices(["per-service", "per-system", "application-set"])
        .default("per-service"),
    )
    .action(async (name: string, { team, environment, applications }: SystemOptions) => {
      const system = { name, team, applications, ...(environment && { environments: environment }) };
      write(await newSystem(definitions, system, projectFiles(io.root).read), io);
      io.stderr(`hint: give it a service: \`keelson new service ${name}/<name>\`; \`keelson codeowners\` writes who reviews it\n`);
      done(0);
    });
}

function addNewService(command: Command, { definitions, io, done }: CommandContext): void {
  command
    .command("service")
    .description("a service of a system, with an image pin in each of its environments")
    .argument("<service>", "which one: <system>/<service>")
    .addOption(new Option("--construct <name>", "what it is").choices(Object.keys(firstProps)).default("web-service"))
    .addOption(new Option("--image <image...>", "what it runs: <image>, or <environment>=<image> (default: a placeholder)"))
    .action(async (text: string, { construct, image: images = [] }: ServiceOptions) => {
      const [, systemName = "", name = ""] = /^([^/]+)\/([^/]+)$/.exec(text) ?? [];
      if (name === "") throw new UserError(`'${text}' names no service`, { hint: "write <system>/<service>" });
      const system = namedSystem(definitions, systemName);
      const project = projectFiles(io.root);
      const sources = await newService(system, { name, construct }, project.read);
      const { tracks = [] }: FirstProps = firstProps[construct];
      const pins = firstPins(definitions, { system, service: name, tracks, images }, project);
      write([...sources.filter(({ kind }) => kind === "create"), ...pins.files, ...sources.filter(({ kind }) => kind === "change")], io);
      if (pins.placeholders.length > 0) {
        const where = pins.placeholders.map((one) => `'${one}'`).join(", ");
        io.stderr(
          `note: the pin in ${where} is a placeholder that cannot be pulled: \`keelson image set ${text} <image> --environment <name>\`\n`,
        );
      }
      io.stderr(next);
      done(0);
    });
}

function addNewEnvironment(command: Command, { definitions, io, done }: CommandContext): void {
  command
    .command("environment")
    .description("an environment on the clusters of the one before it, in which no system runs yet")
    .argument("<name>", "its name")
    .addOption(new Option("--after <environment>", "which one promotes to it").makeOptionMandatory())
    .action(async (name: string, { after }: { readonly after: string }) => {
      write(await newEnvironment(definitions, { name, after }, projectFiles(io.root).read), io);
      io.stderr(
        `hint: list '${name}' under environments of each system that is to run there, and pin its images; \`keelson codeowners\` writes who reviews it\n`,
      );
      done(0);
    });
}

function namedSystem({ systems }: Definitions, name: string): SystemDefinition {
  const found = systems.find((system) => system.name === name);
  if (found !== undefined) return found;
  throw new UserError(`there is no system '${name}'`, {
    hint: `there are: ${nearestNames(
      name,
      systems.map((system) => system.name),
    )}; a new one: \`keelson new system ${name} --team <team>\``,
  });
}

function write(files: readonly ScaffoldFile[], io: Io): void {
  writeScaffold(io.root, files);
  for (const { path, kind } of files) io.stdout(`${kind === "create" ? "created" : "changed"} ${path}\n`);
}
