import { UserError } from "../../errors/user-error.ts";
import type { CommitMessage } from "../../history/commit-message.ts";
import { trailer } from "../../history/trailers.ts";
import { hasEnded, holdOn, type Hold } from "../../hold/hold.ts";
import { holdsFile, readHolds } from "../../hold/holds.ts";
import { removeHold, writeHold } from "../../hold/write-hold.ts";
import { shownUntil } from "../given-until.ts";
import type { AttributionOptions } from "../landing/landing-options.ts";
import type { EditBase, PlannedEdit, RepositoryEdit } from "../landing/landing.ts";
import type { HoldTarget } from "./hold-target.ts";

/** What is said of a hold beside its target. */
export interface WantedHold extends AttributionOptions {
  /** RFC 3339 in UTC. */
  readonly until: string;
  readonly reason: string;
  readonly ticket?: string | undefined;
}

/** What was there, and what is now. */
export interface HoldMove {
  readonly before: Hold | undefined;
  readonly after: Omit<Hold, "line"> | undefined;
  /** After a release: the wider hold that keeps it from moving all the same. */
  readonly still?: Hold | undefined;
}

/**
 * Sets a hold, or sets it anew. A hold only stops what moves, so that whoever must can set it at once; what ends one earlier lets things move again, and is
 * reviewed where pins are.
 *
 * @param now - RFC 3339 in UTC
 * @throws UserError when nobody is known to have set it
 */
export function planHold({ project, git }: EditBase, where: HoldTarget, wanted: WantedHold, now: string): PlannedEdit<HoldMove> {
  const { until, reason } = wanted;
  const ticket = wanted.ticket?.trim() === "" ? undefined : wanted.ticket?.trim();
  const file = holdsFile(where.environment);
  const text = project.read(file);
  const before = readHolds(text, file).holds.get(where.target);
  const by = (wanted.actor ?? git?.setting("user.name") ?? "").trim();
  if (by === "") throw new UserError("nobody is known to set the hold", { hint: "give --actor <who>, or set git's user.name" });
  const after = { target: where.target, until, by, reason: reason.replaceAll(/\s+/g, " ").trim(), ticket };
  const value: HoldMove = { before, after };
  if (before !== undefined && isSame(before, after)) return { edit: undefined, value };
  const shortened = before !== undefined && until < before.until && !hasEnded(before, now);
  const edit: RepositoryEdit = {
    files: new Map([[file, writeHold(text, file, after)]]),
    message: message(`hold: ${where.title} until ${shownUntil(until)}`, where, { ...wanted, actor: by }),
    ...(shortened && where.reviewed && { needsReview: `ending the hold of '${where.title}' earlier` }),
  };
  return { edit, value };
}

/**
 * Releases a hold. Where pins move by pull requests this is reviewed too, unless the hold has ended.
 *
 * @param now - RFC 3339 in UTC
 */
export function planRelease(
  { project, git }: EditBase,
  where: HoldTarget,
  wanted: AttributionOptions & { readonly reason?: string | undefined },
  now: string,
): PlannedEdit<HoldMove> {
  const file = holdsFile(where.environment);
  const text = project.read(file);
  const before = readHolds(text, file).holds.get(where.target);
  const rest = removeHold(text, file, where.target);
  const [system = "", service = ""] = where.target.split("/");
  const value: HoldMove = { before, after: undefined, still: holdOn(readHolds(rest, file).holds.values(), system, service, now) };
  if (rest === text) return { edit: undefined, value };
  const inForce = before !== undefined && !hasEnded(before, now);
  const edit: RepositoryEdit = {
    files: new Map([[file, rest]]),
    message: message(`hold: release ${where.title}`, where, { ...wanted, actor: wanted.actor ?? git?.setting("user.name") }),
    ...(inForce && where.reviewed && { needsReview: `the release of '${where.title}'` }),
  };
  return { edit, value };
}

function isSame(before: Hold, after: Omit<Hold, "line">): boolean {
  return (["until", "by", "reason", "ticket"] as const).every((field) => before[field] === after[field]);
}

function message(
  subject: string,
  { target, environment }: HoldTarget,
  {
    reason,
    ticket,
    actor,
    run,
    refs = [],
    breakingChange,
  }: Omit<AttributionOptions, "actor"> & Readonly<Partial<Record<"actor" | "reason" | "ticket", string | undefined>>>,
): CommitMessage {
  const tickets = [...new Set([ticket, ...refs])];
  const lines: readonly (readonly [CommitMessage["trailers"][number][0], string | undefined])[] = [
    [trailer.environment, environment],
    [trailer.services, target.includes("/") ? target : undefined],
    [trailer.reason, reason],
    [trailer.run, run],
    [trailer.actor, actor],
    ...tickets.map((ref) => [trailer.refs, ref] as const),
    [trailer.breakingChange, breakingChange],
  ];
  return {
    subject,
    trailers: lines.flatMap(([key, value]) => (value === undefined || value.trim() === "" ? [] : [[key, value.trim()] as const])),
  };
}
