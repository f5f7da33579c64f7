import type { Io } from "../io.ts";
import { printable } from "../table.ts";
import type { ImageSetReport } from "./plan-image-set.ts";
import type { PlannedPin } from "./planned-pin.ts";

/** One line a pin: what moved from what to what, and why the others stay; then what stood in the way. */
export function printImageSet({ pins, obstacles, refused }: ImageSetReport, io: Io): void {
  const width = Math.max(...pins.map(({ wanted }) => wanted.text.length));
  if (!refused) io.stdout(pins.map((pin) => `${pin.wanted.text.padEnd(width)}  ${outcomeOf(pin)}\n`).join(""));
  for (const { warning } of pins) if (warning !== undefined && !refused) io.stderr(`warning: ${warning}\n`);
  for (const { keys, reason: written } of obstacles) {
    const reason = printable(written);
    const subject = keys.map((key) => `'${key}'`).join(" and ");
    io.stderr(
      refused ? `error: ${subject} ${keys.length === 1 ? "is" : "are"} ${reason}\n` : `note: ${subject} moved all the same, ${reason}\n`,
    );
  }
  if (!refused) return;
  const skip = obstacles.some(({ kind }) => kind === "hold") ? "; --skip-held leaves what is held where it is" : "";
  io.stderr(`  hint: nothing was changed; --override <reason> passes, and is recorded${skip}\n`);
}

/** The same for programs. */
export function imageSetAsJson({ pins, obstacles, refused }: ImageSetReport): object {
  return {
    refused,
    pins: pins.map(({ wanted, from, outcome, reason, warning, sourceCommit }) => ({
      key: wanted.text,
      outcome: refused && outcome === "moves" ? "refused" : outcome,
      ...(from !== undefined && { from: from.toString() }),
      to: wanted.reference.toString(),
      ...(sourceCommit !== undefined && { sourceCommit }),
      ...(reason !== undefined && { reason }),
      ...(warning !== undefined && { warning }),
    })),
    obstacles,
  };
}

function outcomeOf({ wanted, from, outcome, reason }: PlannedPin): string {
  const [before, after] = [from?.toString() ?? "none", wanted.reference.toString()];
  switch (outcome) {
    case "moves":
      return `${before} → ${after}`;
    case "unchanged":
      return `${after}, as it is`;
    case "superseded":
      return `${before} stays, superseded: ${reason ?? ""}`;
    case "held":
      return `${before} stays: ${printable(reason ?? "")}`;
  }
}
