import type { EnvironmentDefinition } from "../../definition/environment.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { buildApp } from "../../synth/build-app.ts";
import type { LineInput } from "../../synth/line.ts";
import { renderManifests } from "../../synth/render-manifests.ts";
import { resolveSystems } from "../../synth/resolve-systems.ts";

/** A system in an environment, rendered and not checked. */
export interface RenderedSystem {
  readonly manifests: readonly Manifest[];
  /** The keys of the pins that its containers take, there or not. */
  readonly taken: ReadonlySet<string>;
}

/** Stages 1 to 3 of one system alone. */
export function renderSystem(
  { definitions, pins, sealed }: LineInput,
  system: SystemDefinition,
  environment: EnvironmentDefinition,
): RenderedSystem {
  const { systems } = resolveSystems({ ...definitions, systems: [system], clusterSystems: [] }, pins, sealed);
  const resolved = systems.filter((entry) => entry.environment === environment);
  const manifests = resolved.flatMap(({ units }) => units.flatMap((unit) => renderManifests(buildApp(unit), unit.owner, unit.callSite)));
  return { manifests, taken: new Set(resolved.flatMap(({ images }) => images.flatMap((unit) => [...unit.taken]))) };
}
