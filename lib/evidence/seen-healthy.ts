import type { GitRepository } from "../git/git-repository.ts";
import { readBlobs } from "../git/read-blobs.ts";
import { imagePinsFile, readImagePins } from "../image/image-pins.ts";
import type { Observation } from "./observation.ts";
import { showsAnother } from "./shows-another.ts";

/** What is known of a pin from what was seen. */
export interface PinEvidence {
  /** The last time that an Application which runs it was seen Synced and Healthy with it; `undefined`: never. RFC 3339 in UTC. */
  readonly healthyAt: string | undefined;
  /** The first such time. */
  readonly healthySince: string | undefined;
  /** The last time that one was seen Degraded with it. */
  readonly degradedAt: string | undefined;
}

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
  const timesOf = (health: string): string[] =>
    counting
      .filter((seen) => seen.health === health && (health !== "Healthy" || seen.unsettled !== true))
      .map(({ at }) => at)
      .sort();
  const [healthy, degraded] = [timesOf("Healthy"), timesOf("Degraded")];
  return { healthyAt: healthy.at(-1), healthySince: healthy[0], degradedAt: degraded.at(-1) };
}

/** Whether an Application delivers the service: its folder is `<environment>/<cluster>/<system>`, or that of the service in there. */
function isOf(observation: Observation, { environment, system, service }: ObservedService): boolean {
  if (observation.environment !== environment || observation.system !== system) return false;
  const [last, ...before] = observation.path.split("/").reverse();
  const isSystem = last === system && before[1] === environment;
  return isSystem || (last === service && before[2] === environment);
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
