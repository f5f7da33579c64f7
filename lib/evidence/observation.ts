/** What somebody saw of an Application at a time: one line of an evidence file. */
export interface Observation {
  /** When it was seen; RFC 3339 in UTC, in seconds. */
  readonly at: string;
  readonly application: string;
  readonly environment: string;
  readonly system: string;
  /** What it reads, from the repository's root: `dist/dev/main/shop/frontend`. */
  readonly path: string;
  /** The commit that Argo CD had compared it with. */
  readonly revision: string;
  /** `Synced`, `OutOfSync`, `Unknown`. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing`, `Unknown`. */
  readonly health: string;
  /** Its last sync failed, runs (hooks may still fail), or was not followed by a comparison yet: then its health is no proof. @default false */
  readonly unsettled?: true;
  /** The images of its Pods, as Argo CD shows them. @default not known */
  readonly images?: readonly string[];
}
