import { setTimeout as sleep } from "node:timers/promises";

/** How a wait may be shaped. */
export interface WaitOptions {
  /** In milliseconds. @default 180000: a busy machine is slow, and who has died is seen at once */
  readonly timeout?: number;
  /** Between two looks, in milliseconds. @default 100 */
  readonly interval?: number;
  /** Throws when it makes no sense to wait any longer: a process has died. */
  readonly hopeless?: () => void;
}

/** What a look found instead of what is waited for. */
export class NotYet {
  /** As a person may read it. */
  readonly seen: string;

  constructor(seen: unknown) {
    this.seen = typeof seen === "string" ? seen : JSON.stringify(seen);
  }
}

/** Something, or not yet: in words, or without any. */
export type Look<T> = () => Promise<T | NotYet | undefined | false>;

/**
 * Looks again and again until `look` gives something; an error in it counts as "not yet".
 *
 * @param what - what is waited for, as a person would say it: "the API server is ready"
 * @throws Error naming `what`, with what was seen last and the last look's error, when the time is over
 */
export async function waitFor<T>(what: string, look: Look<T>, options: WaitOptions = {}): Promise<T> {
  const { timeout = 180_000, interval = 100, hopeless } = options;
  const deadline = performance.now() + timeout;
  let last = "";
  for (;;) {
    let cause: unknown;
    try {
      const seen = await look();
      if (seen instanceof NotYet) last = `; last seen: ${seen.seen}`;
      else if (seen !== undefined && seen !== false) return seen;
    } catch (error) {
      cause = error;
    }
    hopeless?.();
    if (performance.now() > deadline) throw new Error(`waited ${timeout / 1000} s in vain until ${what}${last}`, { cause });
    await sleep(interval);
  }
}
