import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clusterSystems, systems } from "../../apps/registry.ts";
import { organization } from "../../environments/organization.ts";
import { controlPlanes, environments } from "../../environments/registry.ts";
import { repository } from "../../environments/repository.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { type ImagePins, readImagePins } from "../../lib/image/image-pins.ts";
import { layoutFiles } from "../../lib/synth/layout-files.ts";
import { renderRepository, type RenderedRepository } from "../../lib/synth/line.ts";

/** The project's folder. */
export const projectFolder = join(import.meta.dirname, "../..");

/** The definitions that Keelson ships, as lib/cli/main.ts puts them together. */
export const shipped: Definitions = { organization, repository, systems, clusterSystems, environments, controlPlanes };

/** The pins that Keelson ships, by environment. */
export const shippedPins: ReadonlyMap<string, ImagePins> = new Map(
  environments.map(({ definition: { name } }) => {
    const file = `environments/${name}/images.yaml`;
    return [name, readImagePins(readFileSync(join(projectFolder, file), "utf8"), file)];
  }),
);

/** Stages 1 to 4 over the shipped definitions, or over a change to them. */
export function renderApps(definitions: Definitions = shipped, pins: ReadonlyMap<string, ImagePins> = shippedPins): RenderedRepository {
  return renderRepository({ definitions, pins });
}

/** Stages 1 to 5: what dist/ holds, by path. */
export function appFiles(definitions: Definitions = shipped, pins?: ReadonlyMap<string, ImagePins>): ReadonlyMap<string, string> {
  return new Map(layoutFiles(renderApps(definitions, pins).manifests).map(({ path, content }) => [path, content]));
}
