import type { Definitions } from "../definition/definitions.ts";
import { requireName } from "../definition/name.ts";
import { UserError } from "../errors/user-error.ts";
import { type Code, layOut, quoted } from "./code.ts";
import { identifierOf } from "./identifier.ts";
import { openSource } from "./open-source.ts";
import type { ReadSource, ScaffoldFile } from "./scaffold-file.ts";

/** Where teams are defined, from the project's root. */
export const teamsFile = "apps/teams.ts";

/** What is known of a new team. */
export interface NewTeam {
  readonly name: string;
  /** In the notation of CODEOWNERS. @default the organization's team of that name */
  readonly codeOwners?: readonly string[];
  /** With `#` or without. @default `<name>-alerts`, without a `-team` in it */
  readonly slackChannel?: string;
}

/**
 * Defines a team at the end of `apps/teams.ts`.
 *
 * @throws UserError when it exists, or a name cannot be used
 */
export async function newTeam({ organization }: Definitions, team: NewTeam, read: ReadSource): Promise<readonly ScaffoldFile[]> {
  const { name, codeOwners, slackChannel = `${name.replace(/-team$/, "")}-alerts` } = team;
  requireName("team", name);
  const source = await openSource(teamsFile, read);
  if (source.definition("defineTeam", name) !== undefined) throw new UserError(`the team '${name}' exists already in ${teamsFile}`);
  for (const owner of codeOwners ?? []) requireOwner(owner);
  const define = source.addImport("defineTeam", "../lib/definition/team.ts", "Definition");
  // the shipped file has a function for the organization's teams
  const own: Code = source.constant("owners") === undefined ? [quoted(`@${organization.name}/${name}`)] : `owners(${quoted(name)})`;
  const props: Code = {
    object: {
      name: quoted(name),
      codeOwners: codeOwners === undefined ? own : codeOwners.map(quoted),
      alerts: { object: { slackChannel: quoted(channelOf(slackChannel)) } },
    },
  };
  source.appendStatement(layOut(`export const ${teamConstant(name)} = ${define}(`, props, ");"));
  return [{ path: teamsFile, text: source.text, kind: "change" }];
}

/** `shop-team` → `shopTeam`, `sre` → `sreTeam`: systems and services are often called like the team that owns them. */
function teamConstant(name: string): string {
  const constant = identifierOf(name, "");
  return constant.toLowerCase().endsWith("team") ? constant : `${constant}Team`;
}

function requireOwner(owner: string): void {
  if (/^@[\w.-]+(\/[\w.-]+)*$|^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(owner)) return;
  throw new UserError(`'${owner}' is no code owner`, { hint: "write '@<organization>/<team>', '@<user>' or an address of mail" });
}

function channelOf(channel: string): string {
  const name = channel.replace(/^#/, "");
  if (/^[\p{Ll}\p{Lo}\d_-]{1,80}$/u.test(name)) return name;
  throw new UserError(`'${channel}' is no channel of Slack`, { hint: "use lower-case letters, digits, '-' and '_'" });
}
