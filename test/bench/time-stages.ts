import { performance } from "node:perf_hooks";
import type { Definitions } from "../../lib/definition/definitions.ts";
import type { ImagePins } from "../../lib/image/image-pins.ts";
import { RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import { applyChanges } from "../../lib/synth/apply-changes.ts";
import { buildApp } from "../../lib/synth/build-app.ts";
import { buildDelivery } from "../../lib/synth/build-delivery.ts";
import { checkDefinitions } from "../../lib/synth/check-definitions.ts";
import { findFileCollisions } from "../../lib/synth/find-file-collisions.ts";
import { layoutFiles } from "../../lib/synth/layout-files.ts";
import { openOutputFolder } from "../../lib/synth/output-folder.ts";
import { planChanges } from "../../lib/synth/plan-changes.ts";
import { renderManifests } from "../../lib/synth/render-manifests.ts";
import { resolveSystems } from "../../lib/synth/resolve-systems.ts";
import { applyWaivers } from "../../lib/validation/apply-waivers.ts";
import { rules } from "../../lib/validation/rules.ts";
import { validateManifests } from "../../lib/validation/validate-manifests.ts";

/** What {@link timeStages} saw: seconds by stage, in the order of the line, and what came out. */
export interface StageTimes {
  readonly stages: Readonly<Record<string, number>>;
  readonly objects: number;
  readonly files: number;
  readonly issues: number;
}

/** The line of `lib/synth/line.ts` by its stages, each with a watch: once, in this process, into an empty folder. */
export function timeStages(
  definitions: () => Definitions,
  readPins: (definitions: Definitions) => ReadonlyMap<string, ImagePins>,
  dist: string,
): StageTimes {
  const stages: Record<string, number> = {};
  const time = <T>(stage: string, work: () => T): T => {
    const start = performance.now();
    const result = work();
    stages[stage] = (performance.now() - start) / 1000;
    return result;
  };
  const defined = time("define", definitions);
  const pins = time("pins", () => readPins(defined));
  const resolved = time("resolve", () => {
    checkDefinitions(defined);
    return resolveSystems(defined, pins);
  });
  const rendered = time(
    "render",
    () =>
      new Map(
        [...resolved.systems, ...resolved.clusterSystems].map((system) => [
          system,
          system.units.flatMap((unit) => renderManifests(buildApp(unit), unit.owner, unit.callSite)),
        ]),
      ),
  );
  const delivery = time("delivery", () => buildDelivery(defined, resolved, { of: (system) => rendered.get(system) ?? [] }));
  const manifests = [...[...rendered.values()].flat(), ...delivery];
  const issues = time("validate", () => [
    ...findFileCollisions(manifests),
    ...applyWaivers(validateManifests(new RepositoryFacts(manifests, defined), rules), defined).issues,
  ]);
  const files = time("layout", () => layoutFiles(manifests));
  const folder = openOutputFolder(dist);
  const plan = time("plan", () => planChanges({ wanted: files, existing: folder }));
  time("apply", () => applyChanges(plan, folder));
  return { stages, objects: manifests.length, files: files.length + 1, issues: issues.length };
}
