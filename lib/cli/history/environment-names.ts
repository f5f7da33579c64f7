import type { Definitions } from "../../definition/definitions.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import { imagePinsFile } from "../../image/image-pins.ts";
import { namedEnvironment } from "../named-service.ts";

/**
 * The environments that are asked about; all that are defined where none is named. One that has gone is still in the history.
 *
 * @throws UserError when one never had pins
 */
export function environmentNames(
  definitions: Definitions,
  given: readonly string[] | undefined,
  git: Pick<GitRepository, "log">,
): string[] {
  const defined = definitions.environments.map(({ definition }) => definition.name);
  for (const name of given ?? []) if (!defined.includes(name) && !everHadPins(name, git)) namedEnvironment(definitions, name);
  return given === undefined ? defined : [...new Set(given)];
}

function everHadPins(environment: string, git: Pick<GitRepository, "log">): boolean {
  if (!/^[a-z][-a-z0-9]*$/.test(environment)) return false;
  return git.log("HEAD", { firstParent: true, paths: [imagePinsFile(environment)], limit: 1 }).length > 0;
}
