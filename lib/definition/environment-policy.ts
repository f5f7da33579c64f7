import type { PromotionPolicy } from "./promotion-policy.ts";
import { Value } from "./value.ts";

/** Whether Argo CD syncs by itself, and what it may do then. */
export class SyncMode extends Value {
  /** `undefined`: somebody starts every sync by hand. */
  readonly automated: { readonly prune: boolean; readonly selfHeal: boolean } | undefined;

  private constructor(automated: SyncMode["automated"]) {
    super();
    this.automated = automated;
  }

  /** Somebody starts every sync by hand; drift is seen, not undone. */
  static manual(): SyncMode {
    return new SyncMode(undefined);
  }

  /**
   * A new commit is synced without anybody's doing.
   * @param automated - `prune`: what left Git leaves the cluster; `selfHeal`: what was changed by hand is put back
   */
  static automated(automated: { readonly prune: boolean; readonly selfHeal: boolean }): SyncMode {
    return new SyncMode(automated);
  }
}

/** What an image pin must be in an environment. */
export interface ImagePolicy {
  /** `commit`: `sha-<commit>` (a digest makes any tag immutable); `any`: any tag but a moving one; `release`: a semantic version. */
  readonly tag: "commit" | "any" | "release";
  readonly digest: "optional" | "required";
}

/** How changes reach an environment; a system may deviate in its definition. */
export interface EnvironmentPolicy {
  readonly sync: SyncMode;
  /** What stands before a change: nothing, a promotion from the environment before, or a reviewed pull request and a sync by hand. */
  readonly approval: "none" | "promotion" | "pull-request";
  readonly images: ImagePolicy;
  /** What stands before pins that move there. @default nothing beside `approval` */
  readonly promotion?: PromotionPolicy;
}
