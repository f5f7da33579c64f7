/** Time as trials need it; handed in, so that tests hand in their own. All times are milliseconds since 1970. */
export interface Clock {
  readonly now: () => number;
  /** Rejects when somebody interrupts the experiment meanwhile. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** RFC 3339, in UTC. */
  readonly format: (time: number) => string;
  /** Reads RFC 3339. */
  readonly parse: (text: string) => number;
}
