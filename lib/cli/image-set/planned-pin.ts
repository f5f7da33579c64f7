import type { ImageReference } from "../../image/image-reference.ts";
import type { WantedPin } from "./wanted-pins.ts";

/** What becomes of a pin that was to be set. */
export interface PlannedPin {
  readonly wanted: WantedPin;
  /** What it is; `undefined` where there is none yet. */
  readonly from: ImageReference | undefined;
  /**
   * `moves`; `unchanged`: is so already; `superseded`: what is pinned was built from a later commit; `held`: a hold keeps it, and was to be left alone.
   */
  readonly outcome: "moves" | "unchanged" | "superseded" | "held";
  /** Why it stays. */
  readonly reason?: string;
  /** What a person should know of its move. */
  readonly warning?: string;
  /** The commit that the new image was built from. */
  readonly sourceCommit?: string | undefined;
}
