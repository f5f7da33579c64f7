import type { Io } from "./io.ts";

/** A result as programs read it: all that a run writes to stdout. */
export function printJson(result: object, io: Pick<Io, "stdout">): void {
  io.stdout(`${JSON.stringify(result, null, 2)}\n`);
}
