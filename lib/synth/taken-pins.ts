import { buildApp } from "./build-app.ts";
import { checkDefinitions } from "./check-definitions.ts";
import type { LineInput } from "./line.ts";
import { renderManifests } from "./render-manifests.ts";
import { resolveSystems } from "./resolve-systems.ts";

/**
 * The keys of the pins that the services of a system take in an environment: known only once its constructs have taken them.
 *
 * @throws UserError when a definition contradicts another, or a construct refuses its props
 */
export function takenPins(
  { definitions, pins, sealed }: LineInput,
  where: { readonly system: string; readonly environment: string },
): ReadonlySet<string> {
  checkDefinitions(definitions);
  const { systems } = resolveSystems(definitions, pins, sealed);
  const own = systems.filter(({ system, environment }) => system.name === where.system && environment.name === where.environment);
  for (const unit of own.flatMap(({ units }) => units)) renderManifests(buildApp(unit), unit.owner, unit.callSite);
  return new Set(own.flatMap(({ images }) => images).flatMap((unit) => [...unit.taken]));
}
