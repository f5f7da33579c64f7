import process from "node:process";

/** Signals by which a person or a machine ends a program, with the exit code that says so. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What became of the wait for a signal. */
export interface Interrupt {
  /** The exit code of the signal that came; `undefined` while none has. */
  readonly exitCode: () => number | undefined;
  /** Resolves when what the first signal started has ended; at once when none came. */
  readonly settled: () => Promise<void>;
}

/**
 * Runs `cleanUp` at the first signal that would end this program, instead of ending it; later signals change nothing.
 *
 * @param cleanUp - ends what this program waits for, so that it comes to its own end
 */
export function onInterrupt(cleanUp: () => Promise<void>): Interrupt {
  let exitCode: number | undefined;
  let cleaning: Promise<void> = Promise.resolve();
  for (const [signal, code] of Object.entries(exitCodes)) {
    process.on(signal, () => {
      if (exitCode !== undefined) return;
      exitCode = code;
      cleaning = cleanUp();
    });
  }
  return { exitCode: () => exitCode, settled: () => cleaning };
}
