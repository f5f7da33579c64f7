import { setTimeout as sleep } from "node:timers/promises";

/** How a wait may be shaped. */
export interface WaitOptions {
  /** In milliseconds. @default 180000: a busy machine is slow, and who has died is seen at once */
  readonly timeout?: number;
  /** Between two looks, in milliseconds. @default 50 */
  readonly interval?: number;
  /** Throws when it makes no sense to wait any longer: a process has died. */
  readonly hopeless?: () => void;
}

/**
 * Looks again and again until `look` gives something; an error in it counts as "not yet".
 *
 * @param what - what is waited for, as a person would say it: "the API server is ready"
 * @throws Error naming `what` and the last error when the time is over
 */
export async function waitFor<T>(what: string, look: () => Promise<T | undefined | false>, options: WaitOptions = {}): Promise<T> {
  const { timeout = 180_000, interval = 50, hopeless } = options;
  const deadline = performance.now() + timeout;
  let last: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
      last = undefined;
    } catch (error) {
      last = error;
    }
    hopeless?.();
    if (performance.now() > deadline) throw new Error(`waited ${timeout / 1000} s in vain until ${what}`, { cause: last });
    await sleep(interval);
  }
}
