import type { EnvironmentDefinition } from "../../definition/environment.ts";
import type { EnvironmentPolicy } from "../../definition/environment-policy.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import type { ImageReference } from "../../image/image-reference.ts";
import type { DocumentDifference } from "../../promotion/document-differences.ts";
import type { PinRun } from "../../promotion/pin-runs.ts";
import type { PromotedPin } from "../../promotion/promoted-pins.ts";
import type { Gate } from "../../promotion/promotion-gates.ts";

/** A version that the target never had. */
export interface SkippedPin {
  readonly reference: ImageReference;
  /** The commit that it was built from, where it is known. */
  readonly sourceCommit: string | undefined;
  /** Since when it ran in the environment before; RFC 3339. */
  readonly at: string;
}

/** A pin on its way, with what Git knows of it. */
export interface PlannedPin extends PromotedPin, Pick<PinRun, "since" | "backwards"> {
  /** Newest first; `undefined` where nobody can tell. */
  readonly skipped: readonly SkippedPin[] | undefined;
  /** The commit that the image was built from, where it is known. */
  readonly sourceCommit: string | undefined;
}

/** What moves of one system. */
export interface SystemPromotion<Pin extends PromotedPin = PlannedPin> {
  readonly system: SystemDefinition;
  /** What it keeps to in the target. */
  readonly policy: EnvironmentPolicy;
  /** Those that the target has already among them. */
  readonly pins: readonly Pin[];
  /** Keys of the same services that the target alone has: they stay. */
  readonly onlyInTarget: readonly string[];
  /** What else differs between the two environments for these services. */
  readonly differences: readonly DocumentDifference[];
}

/** All that there is to say of pins that move from one environment into the next. */
export interface Promotion {
  readonly from: EnvironmentDefinition;
  readonly to: EnvironmentDefinition;
  readonly systems: readonly SystemPromotion[];
  readonly gates: readonly Gate[];
  /** Why gates are passed over. */
  readonly override: string | undefined;
}

/** Whether a gate stands in the way. */
export function isRefused({ gates, override }: Pick<Promotion, "gates" | "override">): boolean {
  return override === undefined && gates.some(({ passed }) => !passed);
}

/** The pins that move. */
export function movedPins<Pin extends PromotedPin>(systems: readonly Pick<SystemPromotion<Pin>, "pins">[]): Pin[] {
  return systems.flatMap(({ pins }) => pins.filter(({ unchanged }) => !unchanged));
}

/** The systems with pins that move by a reviewed pull request only. */
export function reviewedSystems({ systems }: Pick<Promotion, "systems">): SystemPromotion[] {
  return systems.filter((part) => part.policy.approval === "pull-request" && movedPins([part]).length > 0);
}
