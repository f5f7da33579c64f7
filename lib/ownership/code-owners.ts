import type { Definitions, RegisteredEnvironment } from "../definition/definitions.ts";
import { policyOf } from "../definition/policy-of.ts";
import type { TeamDefinition } from "../definition/team.ts";
import { UserError } from "../errors/user-error.ts";
import { distPaths } from "../manifest/dist-paths.ts";

/** A user, a team or an address: what both Git hosts take for an owner. A line with anything else owns nothing, without a word from them. */
const owner = /^(@[\w.-]+(\/[\w.-]+)*|[^\s@]+@[^\s@]+)$/;

/** A line of CODEOWNERS. */
export interface CodeOwnersLine {
  /** From the repository's root: `/apps/shop/`. */
  readonly pattern: string;
  /** Any one of them approves; none: no approval is asked for. */
  readonly owners: readonly string[];
}

/** Lines that belong together, under a comment. */
export interface CodeOwnersSection {
  readonly comment: string;
  readonly lines: readonly CodeOwnersLine[];
}

/**
 * Who reviews what, from the definitions. Of the lines that match a file the last one counts.
 *
 * @throws UserError when nobody owns the platform, or a team has no owner that Git hosts know
 * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function codeOwners(definitions: Definitions): CodeOwnersSection[] {
  const { systems, clusterSystems, environments, repository } = definitions;
  const platform = ownersOf(clusterSystems.map(({ team }) => team));
  if (platform.length === 0) {
    throw new UserError("nobody owns the platform: there is no cluster-wide system", {
      hint: "its team reviews lib/, environments/ and the workflows: define it with defineClusterSystem",
    });
  }
  const folder = (path: string): string => `/${repository.output}/${path}/`;
  const sources = [...systems, ...clusterSystems].map(({ name, team }) => ({ pattern: `/apps/${name}/`, owners: ownersOf([team]) }));
  return [
    {
      comment: "Everything that is not said below: the program, policies, workflows, what delivers, what clusters share.",
      lines: [{ pattern: "*", owners: platform }],
    },
    { comment: "What runs: the team of each system.", lines: sources },
    {
      comment: "Pins and holds belong to whoever moves them. Where a review is asked for, what they render into has owners.",
      lines: environments.flatMap(({ definition }) =>
        ["images.yaml", "holds.yaml"].map((file) => ({ pattern: `/environments/${definition.name}/${file}`, owners: [] })),
      ),
    },
    ...environments.map((environment) => ({
      comment: `What is rendered for ${environment.definition.name}.`,
      lines: [...delivered(environment, definitions, platform, folder), ...rendered(environment, definitions, folder)],
    })),
  ].filter(({ lines }) => lines.length > 0);
}

/** The file's whole text. */
export function codeOwnersText(sections: readonly CodeOwnersSection[]): string {
  const text = sections.map(({ comment, lines }) => {
    const written = lines.map(({ pattern, owners }) => [pattern, ...owners].join(" "));
    return `# ${comment}\n${written.join("\n")}\n`;
  });
  return [`# Written by \`keelson codeowners\` from the definitions. Of the lines that match a file the last one counts.\n`, ...text].join(
    "\n",
  );
}

/** Applications: they carry what is held. What a system may do at all says its AppProject, which stays with the platform. */
function delivered(
  { definition }: RegisteredEnvironment,
  { controlPlanes }: Definitions,
  platform: readonly string[],
  folder: (path: string) => string,
): CodeOwnersLine[] {
  const reviewed = definition.policy.approval === "pull-request";
  const owners = reviewed ? [...new Set([...platform, ...ownersOf(definition.syncedBy ?? [])])] : [];
  return controlPlanes
    .filter(({ environments }) => environments.includes(definition))
    .flatMap(({ name }) => [`${distPaths.delivery(name, definition.name)}/applications`, distPaths.expanded(name, definition.name)])
    .map((path) => ({ pattern: folder(path), owners }));
}

/** Manifests: nobody's where nothing is asked for, else the system's team and whoever may sync it there. */
function rendered({ definition }: RegisteredEnvironment, { systems }: Definitions, folder: (path: string) => string): CodeOwnersLine[] {
  const reviewed = definition.policy.approval === "pull-request";
  const unowned = reviewed ? [] : [{ pattern: folder(definition.name), owners: [] }];
  const own = systems
    .filter(({ environments }) => environments.includes(definition))
    .flatMap((system) => {
      const asked = policyOf(system, definition).approval === "pull-request";
      if (!asked && !reviewed) return [];
      const owners = asked ? ownersOf([system.team, ...(definition.syncedBy ?? [])]) : [];
      return definition.clusters.map(({ name }) => ({ pattern: folder(distPaths.system(definition.name, name, system.name)), owners }));
    });
  return [...unowned, ...own];
}

function ownersOf(teams: readonly TeamDefinition[]): string[] {
  for (const { name, codeOwners: named } of teams) {
    const stranger = named.find((text) => !owner.test(text));
    if (stranger !== undefined) {
      throw new UserError(`the team '${name}' has a code owner that Git hosts do not know, got '${stranger}'`, {
        hint: "write '@<organization>/<team>', '@<user>' or an address",
      });
    }
    if (named.length === 0) {
      throw new UserError(`the team '${name}' has no code owners`, {
        hint: "list one in apps/teams.ts: its files would have nobody to review them",
      });
    }
  }
  return [...new Set(teams.flatMap((team) => team.codeOwners))];
}
