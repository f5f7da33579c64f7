import type { Person } from "../git/commit.ts";
import { taggedCommit } from "../image/tagged-commit.ts";
import { type DeliveryAction, type DeliveryFacts, deliveryFacts, whoOf } from "./delivery-facts.ts";
import type { PinMove } from "./pin-move.ts";

/** What a move did. */
export type MoveKind = DeliveryAction | "by hand" | "removed";

/** A move with who made it and why, as Git tells it. */
export interface MoveStory {
  readonly move: PinMove;
  readonly kind: MoveKind;
  /** Who or what started it: as the commit says, else its author. */
  readonly who: string;
  /** Who put the commit there, where that is somebody else than its author. */
  readonly committer: Person | undefined;
  /** The commit that the image was built from, where that is known; may be a short id. */
  readonly sourceCommit: string | undefined;
  /** What else the commit says that wrote it. */
  readonly facts: DeliveryFacts;
}

/** Tells a move. */
export function moveStory(move: PinMove): MoveStory {
  const { key, to, origin } = move;
  const { author, committer } = origin;
  const facts = deliveryFacts(origin);
  return {
    move,
    kind: to === undefined ? "removed" : (facts.action ?? "by hand"),
    who: whoOf(origin),
    committer: committer.name === author.name && committer.email === author.email ? undefined : committer,
    sourceCommit: to === undefined ? undefined : (facts.sourceCommits(key) ?? taggedCommit(to)),
    facts,
  };
}

/** Why, in one line: what the commit is called, its tickets, and whatever else was said. */
export function whyOf({ move, facts }: MoveStory): string {
  const said = [
    ["override", facts.override],
    ["reason", facts.reason],
    ["breaking", facts.breakingChange],
  ].flatMap(([what, text]) => (text === undefined ? [] : [`${what ?? ""}: ${text}`]));
  const refs = facts.refs.filter((ref) => !move.origin.subject.includes(ref));
  return [`${move.origin.subject}${refs.length === 0 ? "" : ` [${refs.join(", ")}]`}`, ...said].join("; ");
}
