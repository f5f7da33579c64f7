import type { Io } from "../../lib/cli/io.ts";

/** The part of an {@link Io} around a command that needs neither clock nor cluster nor anybody: time stands still, nobody answers or types. */
export const stillWorld = {
  terminal: false,
  now: () => new Date("2026-04-01T09:00:00Z"),
  sleep: () => Promise.resolve(),
  interrupt: new AbortController().signal,
  restart: () => Promise.reject(new Error("nobody starts this again")),
  ask: () => Promise.resolve(undefined),
  readInput: () => Promise.resolve(Buffer.alloc(0)),
  connect: () => Promise.reject(new Error("there is no cluster here")),
  registry: {
    exchange: () => Promise.reject(new Error("there is no registry here")),
    dockerConfig: () => ({ path: "/home/nobody/.docker/config.json", text: undefined }),
    askHelper: () => Promise.resolve(undefined),
    sleep: () => Promise.resolve(),
    millisecondsUntil: () => NaN,
    unusedProxy: undefined,
  },
} satisfies Partial<Io>;
