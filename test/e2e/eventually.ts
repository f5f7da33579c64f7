import { setTimeout } from "node:timers/promises";

/** What stood there instead of what was looked for. */
export class NotYet {
  readonly seen: string;

  constructor(seen: unknown) {
    this.seen = typeof seen === "string" ? seen : JSON.stringify(seen);
  }
}

/**
 * Looks again and again until something is found.
 *
 * @param what - for the error: `'shop-frontend-dev' is Synced`
 * @param options - `seconds`: how long at most, @default 120; `every`: milliseconds between two looks, @default 250
 * @throws Error with what was seen last, when time is up
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | NotYet>,
  { seconds = 120, every = 250 }: { readonly seconds?: number; readonly every?: number } = {},
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const result = await look();
    if (!(result instanceof NotYet)) return result;
    if (Date.now() > end) throw new Error(`after ${seconds} seconds it was not so that ${what}; last seen: ${result.seen}`);
    await setTimeout(every);
  }
}
