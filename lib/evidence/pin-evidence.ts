/** What is known of a pin from what was seen. */
export interface PinEvidence {
  /** The last time that each Application which was seen with it was Synced and Healthy; `undefined`: one never was. RFC 3339 in UTC. */
  readonly healthyAt: string | undefined;
  /** Since when each of them had been. */
  readonly healthySince: string | undefined;
  /** The last time that one was seen Degraded with it, and not Healthy after that; not before `healthyAt`. */
  readonly degradedAt: string | undefined;
}
