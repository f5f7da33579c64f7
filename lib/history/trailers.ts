/**
 * What commits that move pins say at their end, each key spelled once: they are written and read here, and the history, lead times and
 * rollbacks live on them.
 * @see https://git-scm.com/docs/git-interpret-trailers
 */
export const trailer = {
  /** The environment whose pins move. */
  environment: "Environment",
  /** The services that move, `<system>/<service>`, with `, ` between. */
  services: "Services",
  /**
   * The commit that an image was built from: `<commit>` where that is one for all; else one trailer each, `<commit> <system>/<service>`, or
   * `<commit> <key>` where pins of one service come from several.
   */
  sourceCommit: "Source-Commit",
  /** The pipeline run that moved the pins: an address. */
  run: "Run",
  /** Who or what started it. */
  actor: "Actor",
  /** The environment that pins were copied from. */
  promotedFrom: "Promoted-From",
  /** Why a gate was passed over. */
  override: "Override",
  /** Why a rollback or a hold was made. */
  reason: "Reason",
  /** Which pin a rollback took, and how it is known: `seen Synced and Healthy at …`, or `the one before`. */
  evidence: "Evidence",
  /** A ticket: `SHOP-123`; one trailer each. */
  refs: "Refs",
  /** What breaks, in a sentence. */
  breakingChange: "Breaking-Change",
} as const;
