import type { Definitions } from "../definition/definitions.ts";
import { requireName } from "../definition/name.ts";
import type { SystemProps } from "../definition/system.ts";
import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { layOut, quoted } from "./code.ts";
import { identifierOf } from "./identifier.ts";
import { teamsFile } from "./new-team.ts";
import { openSource } from "./open-source.ts";
import { registeredEnvironments } from "./registered-environments.ts";
import { requireAbsent } from "./require-absent.ts";
import type { ReadSource, ScaffoldFile } from "./scaffold-file.ts";
import type { ListFinder } from "./typescript-source.ts";

const tenantsFile = "apps/tenants.ts";

/** What is known of a new system. */
export interface NewSystem {
  readonly name: string;
  /** The team's name. */
  readonly team: string;
  /** By name. @default every environment */
  readonly environments?: readonly string[];
  readonly applications: SystemProps["applications"];
}

/**
 * A system without services yet: its folder, and its place in `apps/tenants.ts`.
 *
 * @throws UserError when it exists, a name cannot be used, or there is no such team or environment
 */
export async function newSystem(definitions: Definitions, system: NewSystem, read: ReadSource): Promise<readonly ScaffoldFile[]> {
  const { name, applications } = system;
  requireName("system", name);
  requireAbsent("system", name, [...definitions.systems, ...definitions.clusterSystems]);
  const teams = await openSource(teamsFile, read);
  const team = teams.definition("defineTeam", system.team)?.constant;
  if (team === undefined) {
    throw new UserError(`there is no team '${system.team}' in ${teamsFile}`, {
      hint: `${knownTeams(system.team, definitions)}a new one: \`keelson new team ${system.team}\``,
    });
  }
  const environments = await chosenEnvironments(definitions, system.environments, read);
  const constant = systemConstant(name, [team, ...environments.map((environment) => environment.constant)]);
  const tenants = await openSource(tenantsFile, read);
  const listed = tenants.addImport(constant, `./${name}/system.ts`, "System");
  const find: ListFinder = (source) => source.list(source.constant("tenants"));
  tenants.require(find(tenants), "list 'tenants'", `the system of './${name}/system.ts'`);
  tenants.addElement(find, listed);
  return [
    { path: `apps/${name}/system.ts`, text: systemText(name, constant, team, environments, applications), kind: "create" },
    { path: tenantsFile, text: tenants.text, kind: "change" },
  ];
}

function knownTeams(wanted: string, { systems, clusterSystems }: Definitions): string {
  const near = nearestNames(
    wanted,
    [...systems, ...clusterSystems].map(({ team }) => team.name),
  );
  return near === "" ? "" : `there are: ${near}; `;
}

async function chosenEnvironments(
  definitions: Definitions,
  wanted: readonly string[] | undefined,
  read: ReadSource,
): Promise<Awaited<ReturnType<typeof registeredEnvironments>>> {
  const known = await registeredEnvironments(definitions, read);
  const unknown = wanted?.find((name) => !known.some((environment) => environment.name === name));
  if (unknown !== undefined) {
    throw new UserError(`there is no environment '${unknown}'`, {
      hint: `there are: ${nearestNames(
        unknown,
        known.map(({ name }) => name),
      )}`,
    });
  }
  return known.filter(({ name }) => wanted?.includes(name) ?? true);
}

/** Never one that the file imports: a system may be called like an environment. */
function systemConstant(name: string, taken: readonly string[]): string {
  const constant = identifierOf(name, "System");
  return taken.includes(constant) || constant === "defineSystem" ? `${constant}System` : constant;
}

function systemText(
  name: string,
  constant: string,
  team: string,
  environments: readonly { readonly constant: string; readonly path: string }[],
  applications: SystemProps["applications"],
): string {
  const imports = environments
    .map(({ constant: environment, path }) => ({ names: environment, from: `../../${path}` }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const lines = [
    ...[...imports, { names: "defineSystem", from: "../../lib/definition/system.ts" }, { names: team, from: "../teams.ts" }].map(
      ({ names, from }) => `import { ${names} } from ${quoted(from)};`,
    ),
    "",
    layOut(
      `export const ${constant} = defineSystem(`,
      {
        open: true,
        object: {
          name: quoted(name),
          team,
          environments: environments.map((environment) => environment.constant),
          applications: quoted(applications),
          services: [],
        },
      },
      ");",
    ),
    "",
  ];
  return lines.join("\n");
}
