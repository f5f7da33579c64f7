import type { Commit } from "../git/commit.ts";
import { serviceOfKey } from "../image/pin-keys.ts";
import { trailer } from "./trailers.ts";

/** As its subject begins. */
const deliveryActions = ["deploy", "promote", "release", "rollback"] as const;

/** What a commit that moves pins does. */
export type DeliveryAction = (typeof deliveryActions)[number];

/** What a commit says of the pins that it moves; a commit that no program of ours made says less, or nothing. */
export interface DeliveryFacts {
  /** `undefined`: by hand. */
  readonly action: DeliveryAction | undefined;
  readonly environment: string | undefined;
  /** `<system>/<service>`. */
  readonly services: readonly string[];
  /** The commit that the image of a pin was built from, by the pin's key. */
  readonly sourceCommits: (key: string) => string | undefined;
  /** The address of a pipeline's run. */
  readonly run: string | undefined;
  /** Who or what started it. */
  readonly actor: string | undefined;
  /** The environment that pins were copied from. */
  readonly promotedFrom: string | undefined;
  /** Why a gate or a hold was passed over. */
  readonly override: string | undefined;
  readonly reason: string | undefined;
  /** How the pin is known that a rollback took. */
  readonly evidence: string | undefined;
  /** Tickets. */
  readonly refs: readonly string[];
  readonly breakingChange: string | undefined;
}

/** Reads back what `lib/history/delivery-message.ts` writes. */
export function deliveryFacts({ subject, trailers }: Pick<Commit, "subject" | "trailers">): DeliveryFacts {
  const every = (key: string): string[] =>
    trailers.filter(([name, value]) => name.toLowerCase() === key.toLowerCase() && value !== "").map(([, value]) => value);
  // of several the last one, as git has it
  const last = (key: string): string | undefined => every(key).at(-1);
  const listed = (key: string): string[] => every(key).flatMap((value) => value.split(/[,\s]+/).filter((entry) => entry !== ""));
  const begins = /^([a-z]+)(?:\([^)]*\))?!?: /.exec(subject)?.[1];
  const sources = every(trailer.sourceCommit).map((value) => value.split(/\s+/));
  return {
    action: deliveryActions.find((action) => action === begins),
    environment: last(trailer.environment),
    services: listed(trailer.services),
    sourceCommits: (key) => {
      const about = [key, serviceOfKey(key), undefined];
      return about.flatMap((name) => sources.findLast(([, of]) => of === name)?.[0] ?? [])[0];
    },
    run: last(trailer.run),
    actor: last(trailer.actor),
    promotedFrom: last(trailer.promotedFrom),
    override: last(trailer.override),
    reason: last(trailer.reason),
    evidence: last(trailer.evidence),
    refs: listed(trailer.refs),
    breakingChange: last(trailer.breakingChange),
  };
}

/** Who or what made a commit: as it says itself, else its author. */
export function whoOf(commit: Pick<Commit, "subject" | "trailers" | "author">): string {
  return deliveryFacts(commit).actor ?? commit.author.name;
}
