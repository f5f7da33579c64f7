import type { Definitions } from "../definition/definitions.ts";
import type { Waiver } from "../definition/waiver.ts";
import type { Issue } from "../manifest/issue.ts";
import { label } from "../manifest/labels.ts";
import type { Manifest } from "../manifest/manifest.ts";

/** The id under which waivers themselves are reported. */
export const waiverRule = "waiver";

/** Something that a rule found, and the waiver that lets it pass. */
export interface WaivedIssue {
  readonly issue: Issue;
  readonly waiver: Waiver;
}

/** A waiver and what it stands on. */
export interface PlacedWaiver {
  readonly waiver: Waiver;
  /** In the author's words: `service 'shop/frontend'`. */
  readonly title: string;
  readonly system?: string;
  readonly unit?: string;
  readonly environment?: string;
}

/** What a manifest is part of, as far as waivers ask. */
interface ManifestPlace {
  readonly system: string | undefined;
  readonly unit: string | undefined;
  readonly environment: string | undefined;
  /** As waivers name it: `Deployment/frontend`. */
  readonly object: string;
}

/** Sorts what rules found into what stands and what is waived; a waiver, or a part of one, that waives nothing is an issue itself. */
export function applyWaivers(
  found: readonly Issue[],
  definitions: Definitions,
): { readonly issues: readonly Issue[]; readonly waived: readonly WaivedIssue[] } {
  const placed = placedWaivers(definitions);
  /** What each waiver was good for: objects and environments, as it names them. */
  const used = new Map<PlacedWaiver, Set<string>>();
  const [issues, waived]: [Issue[], WaivedIssue[]] = [[], []];
  for (const issue of found) {
    let first: Waiver | undefined;
    for (const entry of placed) {
      const place = coveredPlace(entry, issue);
      if (place === undefined) continue;
      used.set(entry, (used.get(entry) ?? new Set()).add(place.object).add(place.environment ?? ""));
      first ??= entry.waiver;
    }
    if (first === undefined) issues.push(issue);
    else waived.push({ issue, waiver: first });
  }
  return { issues: [...issues, ...placed.flatMap((entry) => idleIssues(entry, used.get(entry)))], waived };
}

/** Every waiver that was written: of services first, then of systems, then of environments. */
export function placedWaivers({ systems, clusterSystems, environments }: Definitions): PlacedWaiver[] {
  const place = (waivers: readonly Waiver[] = [], where: Omit<PlacedWaiver, "waiver">): PlacedWaiver[] =>
    waivers.map((waiver) => ({ waiver, ...where }));
  const units = [
    ...systems.map(({ name, services }) => ({ name, services })),
    ...clusterSystems.map(({ name, units: own }) => ({ name, services: own.map(({ service }) => service) })),
  ];
  return [
    ...units.flatMap(({ name: system, services }) =>
      services.flatMap(({ name: unit, waivers }) => place(waivers, { title: `service '${system}/${unit}'`, system, unit })),
    ),
    ...[...systems, ...clusterSystems].flatMap(({ name, waivers }) => place(waivers, { title: `system '${name}'`, system: name })),
    ...environments.flatMap(({ definition: { name, waivers } }) => place(waivers, { title: `environment '${name}'`, environment: name })),
  ];
}

/** The place of the object that an issue was found on, where the waiver covers it. */
function coveredPlace({ waiver, system, unit, environment }: PlacedWaiver, { rule, manifest }: Issue): ManifestPlace | undefined {
  if (waiver.rule !== rule || manifest === undefined) return undefined;
  const place = placeOfManifest(manifest);
  const covered =
    (system === undefined || system === place.system) &&
    (unit === undefined || unit === place.unit) &&
    (environment === undefined || environment === place.environment) &&
    (waiver.environments === undefined || (place.environment !== undefined && waiver.environments.includes(place.environment))) &&
    (waiver.objects === undefined || waiver.objects.includes(place.object));
  return covered ? place : undefined;
}

/** What delivers a system carries the system's name as a label. */
function placeOfManifest({ owner, document: { kind, metadata } }: Manifest): ManifestPlace {
  return {
    system: "system" in owner ? owner.system : metadata.labels?.[label.partOf],
    unit: "unit" in owner ? owner.unit : undefined,
    environment: "environment" in owner ? owner.environment : undefined,
    object: `${kind}/${metadata.name}`,
  };
}

function idleIssues({ waiver, title }: PlacedWaiver, used: ReadonlySet<string> | undefined): Issue[] {
  const about = { severity: "error", rule: waiverRule, source: waiver.callSite } as const;
  const subject = `the waiver of '${waiver.rule}' on ${title}`;
  if (used === undefined)
    return [
      { ...about, message: `${subject} waives nothing`, hint: "take it out, or mend its rule, its objects, its environments or its place" },
    ];
  const idle = [...(waiver.objects ?? []), ...(waiver.environments ?? [])].filter((name) => !used.has(name));
  return idle.map((name) => ({
    ...about,
    message: `${subject} names '${name}', where it waives nothing`,
    hint: "the rule finds nothing there: take the name out, or mend it",
  }));
}
