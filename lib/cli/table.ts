import picocolors from "picocolors";
import type { Io } from "./io.ts";

/** A table as people read it: columns as wide as their widest cell, two spaces apart. */
export function printTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  io: Pick<Io, "stdout" | "color" | "terminal">,
): void {
  const colors = picocolors.createColors(io.color && io.terminal);
  const widths = heading.map((title, column) => Math.max(title.length, ...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  io.stdout([colors.dim(line(heading)), ...rows.map(line)].map((text) => `${text}\n`).join(""));
}

/** Text that others wrote, on one line: no control character of it reaches a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, " ").trim();
}
