import { imageVersion } from "../image/image-version.ts";
import type { ImageReference } from "../image/image-reference.ts";
import { serviceOfKey } from "../image/pin-keys.ts";
import type { CommitMessage } from "./commit-message.ts";
import type { DeliveryAction } from "./delivery-facts.ts";
import { trailer } from "./trailers.ts";

/** A subject longer than this is cut off in most lists of commits. */
const longestSubject = 72;

/** A pin that a commit moves. */
export interface DeliveredMove {
  /** `<system>/<service>[:<container>][@<track>]`. */
  readonly key: string;
  /** @default the pin is new */
  readonly from?: ImageReference | undefined;
  readonly to: ImageReference;
  /** The commit of the application's own repository that `to` was built from, where it is known. */
  readonly sourceCommit?: string | undefined;
}

/** Who moved the pins, and what it belongs to. */
export interface DeliveryAttribution {
  readonly actor?: string | undefined;
  /** The pipeline run: an address. */
  readonly run?: string | undefined;
  readonly refs?: readonly string[] | undefined;
  readonly breakingChange?: string | undefined;
}

/** What a commit that moves pins tells. */
export interface Delivery {
  readonly action: DeliveryAction;
  readonly environment: string;
  /** One at least. */
  readonly moves: readonly DeliveredMove[];
  readonly attribution: DeliveryAttribution;
  /** Further trailers, in their order. @default none */
  readonly more?: CommitMessage["trailers"];
}

/**
 * The message of a commit that moves pins, as teams write it: `promote: order-service def5678 to staging`. Where several pins move, its body lists them.
 */
export function deliveryMessage({ action, environment, moves, attribution, more = [] }: Delivery): CommitMessage {
  const services = [...new Set(moves.map(({ key }) => serviceOfKey(key)))];
  return {
    subject: subjectOf({ action, environment, moves }),
    ...(moves.length > 1 && {
      body: moves.map(({ key, from, to }) => `${key}: ${from?.toString() ?? "none"} → ${to.toString()}`).join("\n"),
    }),
    trailers: [
      [trailer.environment, environment],
      [trailer.services, services.join(", ")],
      ...sourceCommits(moves),
      ...more,
      ...given(trailer.run, attribution.run),
      ...given(trailer.actor, attribution.actor),
      ...(attribution.refs ?? []).flatMap((ref) => given(trailer.refs, ref)),
      ...given(trailer.breakingChange, attribution.breakingChange),
    ],
  };
}

type Trailers = CommitMessage["trailers"];

function given(key: Trailers[number][0], value: string | undefined): Trailers {
  return value === undefined || value.trim() === "" ? [] : [[key, value.trim()]];
}

function subjectOf({ action, environment, moves }: Omit<Delivery, "attribution">): string {
  const versions = versionsByName(moves);
  const [first] = versions;
  const same = versions.every(({ version }) => version === first?.version);
  const each = same ? [{ name: versions.map(({ name }) => name).join(", "), version: first?.version ?? "" }] : versions;
  const written = each.map(({ name, version }) => (action === "rollback" ? `${name} to ${version}` : `${name} ${version}`)).join(", ");
  const subject = action === "rollback" ? `rollback: ${written}` : `${action}: ${written} to ${environment}`;
  if (subject.length <= longestSubject || moves.length === 1) return subject;
  return `${action}: ${countOf(moves)} ${action === "rollback" ? "in" : "to"} ${environment}`;
}

/** A service whose pins all get one version is named once, else each pin is; without the system where there is one only. */
function versionsByName(moves: Delivery["moves"]): { readonly name: string; readonly version: string }[] {
  const systems = systemsOf(moves);
  const named = moves.map(({ key, to }) => {
    const version = imageVersion(to);
    const own = moves.filter((move) => serviceOfKey(move.key) === serviceOfKey(key));
    const whole = own.length > 1 && own.every((move) => imageVersion(move.to) === version);
    const name = whole ? serviceOfKey(key) : key;
    return { name: systems.size === 1 ? name.replace(/^[^/]*\//, "") : name, version };
  });
  return named.filter(({ name }, index) => named.findIndex((other) => other.name === name) === index);
}

/** `5 services of inventory-system`. */
function countOf(moves: Delivery["moves"]): string {
  const services = new Set(moves.map(({ key }) => serviceOfKey(key)));
  const [service = ""] = services;
  if (services.size === 1) return `${moves.length} pins of ${service}`;
  const systems = systemsOf(moves);
  const [system = ""] = systems;
  return `${services.size} services of ${systems.size === 1 ? system : `${systems.size} systems`}`;
}

function systemsOf(moves: Delivery["moves"]): ReadonlySet<string> {
  return new Set(moves.map(({ key }) => key.replace(/\/.*/, "")));
}

/** One trailer where all come from one commit, one for each service where they do not, one for each pin of a service that mixes. */
function sourceCommits(moves: Delivery["moves"]): Trailers {
  const commits = new Set(moves.map(({ sourceCommit }) => sourceCommit));
  const [only] = commits;
  if (commits.size === 1) return given(trailer.sourceCommit, only);
  const lines = moves.flatMap(({ key, sourceCommit }) => {
    if (sourceCommit === undefined) return [];
    const mixed = moves.some((move) => serviceOfKey(move.key) === serviceOfKey(key) && move.sourceCommit !== sourceCommit);
    return [`${sourceCommit} ${mixed ? key : serviceOfKey(key)}`];
  });
  return [...new Set(lines)].map((line) => [trailer.sourceCommit, line]);
}
