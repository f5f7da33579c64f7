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
}

/** Sorts what rules found into what stands and what is waived; a waiver that waives nothing is an issue itself. */
export function applyWaivers(
  found: readonly Issue[],
  definitions: Definitions,
): { readonly issues: readonly Issue[]; readonly waived: readonly WaivedIssue[] } {
  const placed = placedWaivers(definitions);
  const used = new Set<Waiver>();
  const [issues, waived]: [Issue[], WaivedIssue[]] = [[], []];
  for (const issue of found) {
    const covering = placed.filter((entry) => covers(entry, issue));
    for (const { waiver } of covering) used.add(waiver);
    const [first] = covering;
    if (first === undefined) issues.push(issue);
    else waived.push({ issue, waiver: first.waiver });
  }
  return { issues: [...issues, ...placed.filter(({ waiver }) => !used.has(waiver)).map(idle)], waived };
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

function covers({ waiver, system, unit, environment }: PlacedWaiver, { rule, manifest }: Issue): boolean {
  if (waiver.rule !== rule || manifest === undefined) return false;
  const place = placeOfManifest(manifest);
  return (
    (system === undefined || system === place.system) &&
    (unit === undefined || unit === place.unit) &&
    (environment === undefined || environment === place.environment) &&
    (waiver.environments === undefined || (place.environment !== undefined && waiver.environments.includes(place.environment))) &&
    (waiver.objects === undefined || waiver.objects.includes(`${manifest.document.kind}/${manifest.document.metadata.name}`))
  );
}

/** What delivers a system carries the system's name as a label. */
function placeOfManifest({ owner, document: { metadata } }: Manifest): ManifestPlace {
  return {
    system: "system" in owner ? owner.system : metadata.labels?.[label.partOf],
    unit: "unit" in owner ? owner.unit : undefined,
    environment: "environment" in owner ? owner.environment : undefined,
  };
}

function idle({ waiver, title }: PlacedWaiver): Issue {
  return {
    severity: "error",
    rule: waiverRule,
    message: `the waiver of '${waiver.rule}' on ${title} waives nothing`,
    hint: "the rule holds there: take the waiver out",
    source: waiver.callSite,
  };
}
