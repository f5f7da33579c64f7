import type { GitRepository } from "../git/git-repository.ts";
import { readBlobs } from "../git/read-blobs.ts";
import { imagePinsFile, readImagePins } from "../image/image-pins.ts";
import { heldUnits } from "../manifest/dist-paths.ts";
import type { Observation } from "./observation.ts";
import type { PinEvidence } from "./pin-evidence.ts";
import { showsAnother } from "./shows-another.ts";
import { weakestEvidence } from "./weakest-evidence.ts";

/** A service in an environment. */
export interface ObservedService {
  readonly environment: string;
  readonly system: string;
  readonly service: string;
}

/**
 * What was seen of a service while it ran certain pins: an observation counts when its Application was Synced, and the `images.yaml` of its
 * revision holds them all. OutOfSync tells nothing: then something else ran than the revision says.
 *
 * @param observations - in any order; those of other services and of commits that this clone lacks do not count
 * @param pins - by key, as text
 */
export function evidenceOf(
  git: Pick<GitRepository, "folder">,
  observations: readonly Observation[],
  where: ObservedService,
  pins: ReadonlyMap<string, string>,
): PinEvidence {
  const synced = observations.filter((observation) => observation.sync === "Synced" && isOf(observation, where));
  const revisions = revisionsWith(git, new Set(synced.map(({ revision }) => revision)), where.environment, pins);
  const counting = synced.filter(
    ({ revision, images = [] }) => revisions.has(revision) && ![...pins.values()].some((pin) => showsAnother(images, pin)),
  );
  // each by itself: on another cluster the same pins may have failed, and what stays as it is, is recorded once
  const names = new Set(counting.map(nameOf));
  return weakestEvidence([...names].map((name) => ofOne(counting.filter((seen) => nameOf(seen) === name))));
}

function nameOf({ path, application }: Observation): string {
  return `${path} ${application}`;
}

/** Of observations of one Application. */
function ofOne(observations: readonly Observation[]): PinEvidence {
  const timesOf = (health: string): string[] =>
    observations
      .filter((seen) => seen.health === health && (health !== "Healthy" || seen.unsettled !== true))
      .map(({ at }) => at)
      .sort();
  const [healthy, degradedAt] = [timesOf("Healthy"), timesOf("Degraded").at(-1)];
  const healthyAt = healthy.at(-1);
  const isLast = degradedAt !== undefined && degradedAt >= (healthyAt ?? "");
  return { healthyAt, healthySince: healthy[0], degradedAt: isLast ? degradedAt : undefined };
}

/** Whether an Application delivers the service: its folder is that of the system, or that of the service in there. */
function isOf(observation: Observation, { environment, system, service }: ObservedService): boolean {
  if (observation.environment !== environment || observation.system !== system) return false;
  const held = heldUnits(observation.path, environment, system);
  return held !== undefined && (held.unit ?? service) === service;
}

function revisionsWith(
  git: Pick<GitRepository, "folder">,
  revisions: ReadonlySet<string>,
  environment: string,
  wanted: ReadonlyMap<string, string>,
): Set<string> {
  const file = imagePinsFile(environment);
  const names = new Map([...revisions].map((revision) => [`${revision}:${file}`, revision]));
  return new Set(
    [...readBlobs(git, names.keys())].flatMap(([name, text]) => {
      const { pins } = readImagePins(text, file);
      return [...wanted].every(([key, pin]) => pins.get(key)?.reference.toString() === pin) ? (names.get(name) ?? []) : [];
    }),
  );
}
