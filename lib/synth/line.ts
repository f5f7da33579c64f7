import type { Definitions } from "../definition/definitions.ts";
import { findUnusedPins } from "../image/unused-pins.ts";
import { holdTargets } from "../hold/hold-targets.ts";
import type { Holds } from "../hold/holds.ts";
import { findUnknownHolds } from "../hold/unknown-holds.ts";
import type { ImagePins } from "../image/image-pins.ts";
import type { Issue } from "../manifest/issue.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { RepositoryFacts } from "../manifest/repository-facts.ts";
import { applyWaivers, type WaivedIssue } from "../validation/apply-waivers.ts";
import { rules } from "../validation/rules.ts";
import { validateManifests } from "../validation/validate-manifests.ts";
import type { SealedValues } from "../sealing/sealed-values.ts";
import { findUnusedSealedValues } from "../sealing/unused-sealed-values.ts";
import { buildApp } from "./build-app.ts";
import { buildDelivery } from "./build-delivery.ts";
import { checkDefinitions } from "./check-definitions.ts";
import { findFileCollisions } from "./find-file-collisions.ts";
import { allInterventions, type Interventions } from "./interventions.ts";
import { layoutFiles } from "./layout-files.ts";
import { type ChangePlan, type ExistingFiles, planChanges } from "./plan-changes.ts";
import { renderManifests } from "./render-manifests.ts";
import { type ResolvedClusterSystem, type ResolvedSystem, type ResolvedSystems, resolveSystems } from "./resolve-systems.ts";

/** What goes into the line: everything that people wrote, and the pins and ciphertexts of each environment. */
export interface LineInput {
  readonly definitions: Definitions;
  /** By environment. */
  readonly pins: ReadonlyMap<string, ImagePins>;
  /** By environment. @default nothing is sealed */
  readonly sealed?: ReadonlyMap<string, SealedValues>;
  /** By environment. @default nothing is held */
  readonly holds?: ReadonlyMap<string, Holds>;
}

/** The rendered and checked whole, before anything is written. */
export interface RenderedRepository {
  readonly manifests: readonly Manifest[];
  readonly facts: RepositoryFacts;
  /** Everything that is wrong, pins and ciphertexts first. */
  readonly issues: readonly Issue[];
  /** What would be an issue, and which waiver it has. */
  readonly waived: readonly WaivedIssue[];
  /** By the name of the Application, where there are any. */
  readonly interventions: ReadonlyMap<string, Interventions>;
}

/** The rendered whole, whether right or wrong. */
export interface UncheckedRepository {
  readonly manifests: readonly Manifest[];
  readonly resolved: ResolvedSystems;
}

/**
 * Stages 1 to 4: definitions, pins and ciphertexts become checked manifests. Pure: the same input gives the same result, whatever the machine.
 *
 * @throws UserError when a definition contradicts another, or a construct refuses its props
 */
export function renderRepository(input: LineInput): RenderedRepository {
  const { definitions, pins, sealed = new Map<string, SealedValues>(), holds = new Map<string, Holds>() } = input;
  const { manifests, resolved } = renderUnchecked(input);
  const facts = new RepositoryFacts(manifests, definitions);
  const { issues, waived } = applyWaivers(validateManifests(facts, rules), definitions);
  return {
    manifests,
    facts,
    issues: [
      ...pinIssues(pins, resolved),
      ...sealedIssues(sealed, resolved),
      ...holdIssues(holds, resolved),
      ...findFileCollisions(manifests),
      ...issues,
    ],
    waived,
    interventions: allInterventions(resolved.systems),
  };
}

/**
 * Stages 1 to 3, for whom the manifests are enough, right or wrong: they take half as long as all four.
 *
 * @throws UserError as {@link renderRepository} does
 */
export function renderUnchecked({ definitions, pins, sealed = new Map(), holds = new Map() }: LineInput): UncheckedRepository {
  checkDefinitions(definitions);
  const resolved = resolveSystems(definitions, pins, sealed, holds);
  const rendered = new Map([...resolved.systems, ...resolved.clusterSystems].map((system) => [system, renderSystem(system)]));
  const delivery = buildDelivery(definitions, resolved, {
    of: (system) => {
      const manifests = rendered.get(system);
      // an empty list would give a project that permits nothing
      if (manifests === undefined) throw new Error(`system '${system.system.name}' was delivered before it was rendered`);
      return manifests;
    },
  });
  return { manifests: [...[...rendered.values()].flat(), ...delivery], resolved };
}

/** Stages 5 and 6: what would have to change in a folder for it to hold the rendered whole. */
export function planRepository(
  { manifests }: Pick<RenderedRepository, "manifests">,
  existing: ExistingFiles,
  options: { readonly environments?: ReadonlySet<string>; readonly force?: boolean } = {},
): ChangePlan {
  return planChanges({ wanted: layoutFiles(manifests), existing, ...options });
}

/** Stages 2 and 3, unit by unit. */
function renderSystem({ units }: ResolvedSystem | ResolvedClusterSystem): Manifest[] {
  return units.flatMap((unit) => renderManifests(buildApp(unit), unit.owner, unit.callSite));
}

/** What is wrong with pins; complete only after the constructs took theirs. */
function pinIssues(pins: ReadonlyMap<string, ImagePins>, { systems }: ResolvedSystems): Issue[] {
  return [...pins].flatMap(([environment, own]) => {
    const images = systems.filter((entry) => entry.environment.name === environment).flatMap((entry) => entry.images);
    const taken = new Set(images.flatMap((unit) => [...unit.taken]));
    return [...own.issues, ...uniqueIssues(images.flatMap(({ issues }) => issues)), ...findUnusedPins(environment, own, taken)];
  });
}

/** What is wrong with ciphertexts, likewise. */
function sealedIssues(sealed: ReadonlyMap<string, SealedValues>, { systems }: ResolvedSystems): Issue[] {
  const unused = [...sealed].flatMap(([environment, values]) => {
    const taken = systems.filter((entry) => entry.environment.name === environment).flatMap((entry) => entry.sealed);
    return [...values.issues, ...findUnusedSealedValues(environment, values, new Set(taken.flatMap((unit) => [...unit.taken])))];
  });
  return [...systems.flatMap((entry) => entry.sealed.flatMap(({ issues }) => issues)), ...unused];
}

/** What is wrong with holds, likewise. */
function holdIssues(holds: ReadonlyMap<string, Holds>, { systems }: ResolvedSystems): Issue[] {
  return [...holds].flatMap(([name, own]) => {
    if (own.holds.size === 0) return own.issues;
    const here = systems.filter(({ environment }) => environment.name === name).map(({ system }) => system);
    return [...own.issues, ...findUnknownHolds(name, own, holdTargets(here))];
  });
}

/** A pin that several clusters, or several services, run is reported once. */
function uniqueIssues(issues: readonly Issue[]): Issue[] {
  return [...new Map(issues.map((issue) => [issue.message, issue])).values()];
}
