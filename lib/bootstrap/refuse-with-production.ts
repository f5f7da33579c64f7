import type { LiveObject } from "../cluster/kubernetes-api.ts";
import type { RegisteredEnvironment } from "../definition/definitions.ts";
import { UserError } from "../errors/user-error.ts";
import { label } from "../manifest/labels.ts";

/**
 * Refuses a teardown as long as production is delivered: an environment whose changes take a pull request, or one that nobody defines any
 * more and that may therefore be anything.
 *
 * @param applications - every live Application of the control plane
 * @throws UserError when one of them is production's
 */
export function refuseWithProduction(applications: readonly LiveObject[], environments: readonly RegisteredEnvironment[]): void {
  const harmless = new Set(
    environments.filter(({ definition }) => definition.policy.approval !== "pull-request").map(({ definition }) => definition.name),
  );
  const environmentOf = ({ metadata }: LiveObject): string | undefined => metadata.labels?.[label.environment];
  const production = applications.filter((application) => {
    const environment = environmentOf(application);
    return environment !== undefined && !harmless.has(environment);
  });
  if (production.length === 0) return;
  const [first, second, ...others] = production.map(({ metadata }) => `'${metadata.name}'`).sort();
  const named = [first, second].filter((name) => name !== undefined).join(", ");
  throw new UserError(
    `production is still delivered by ${production.length === 1 ? "an Application" : `${production.length} Applications`}: ${named}${others.length > 0 ? " …" : ""}`,
    { hint: "hand production over, or delete its Applications yourself; docs/bootstrap.md says in which order" },
  );
}
