import { stripVTControlCharacters } from "node:util";
import picocolors from "picocolors";
import type { Io } from "./io.ts";

const longestLine = 110;

/** A table as people read it, under a heading. */
export function printTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  io: Pick<Io, "stdout" | "color" | "terminal">,
): void {
  const colors = picocolors.createColors(io.color && io.terminal);
  const [first = "", ...lines] = tableLines([heading, ...rows]);
  io.stdout([colors.dim(first), ...lines].map((text) => `${text}\n`).join(""));
}

/** Rows as lines: columns as wide as their widest cell, two spaces apart. A cell may have a colour. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => widthOf(cells[column] ?? ""))));
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - widthOf(cell)))
      .join("  ")
      .trimEnd(),
  );
}

/** Text that others wrote, on one line: no control character of it reaches a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, " ").trim();
}

/** One line, cut. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line;
}

function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
