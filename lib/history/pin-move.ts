import type { Commit } from "../git/commit.ts";
import type { ImageReference } from "../image/image-reference.ts";

/** A pin that changed on the branch that Argo CD follows. */
export interface PinMove {
  readonly environment: string;
  /** `<system>/<service>[:<container>][@<track>]`. */
  readonly key: string;
  /** What it was; `undefined` where the pin is new. */
  readonly from: ImageReference | undefined;
  /** What it became; `undefined` where the pin was taken away. */
  readonly to: ImageReference | undefined;
  /** The commit of the branch itself since which it holds: of a merge the merge. */
  readonly commit: Commit;
  /** The commit that wrote it, which says who and why: inside of what was merged, else the same. */
  readonly origin: Commit;
}
