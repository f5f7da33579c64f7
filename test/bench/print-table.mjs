/** The result of `summarize` as people read it. */
export function printTable({ idle, empty, sizes, growth, limits }) {
  const rows = sizes.flatMap((entry) =>
    ["write", "fresh", "unchanged"].map((name, index) => [
      index === 0 ? `${entry.size} services` : "",
      titles[name],
      seconds(entry[name].median),
      seconds(entry[name].min),
      seconds(entry[name].max),
      times(entry[name].toIdle),
      name === "write" ? "" : times(entry[name].toWrite),
    ]),
  );
  return [
    ...table([
      ["", "", "median", "min", "max", "to node -e 0", "to writing"],
      ["", "node -e 0", seconds(idle.median), seconds(idle.min), seconds(idle.max), "", ""],
      ["0 services", titles.fresh, seconds(empty.median), seconds(empty.min), seconds(empty.max), times(empty.median / idle.median), ""],
      ...rows,
    ]),
    "",
    ...table([
      ["", "objects", "files", "peak memory", ...Object.keys(sizes[0]?.stages ?? {})],
      ...sizes.map(({ size, objects, files, peakMemory, stages }) => [
        `${size} services`,
        String(objects),
        String(files),
        `${peakMemory.toFixed(0)} MB`,
        ...Object.values(stages).map(seconds),
      ]),
    ]),
    "",
    ...growth.map(({ from, to, ratio }) => `growth from ${from} to ${to} services, less the empty repository: ${times(ratio)}`),
    "",
    ...table([
      ["limit", "at most", "measured", ""],
      ...limits.map(({ name, most, unit, measured, held }) => [
        name,
        `${most} ${unit}`,
        measured === null ? "-" : `${measured.toFixed(unit === "x" ? 2 : 0)} ${unit}`,
        held === null ? "not measured" : held ? "held" : "EXCEEDED",
      ]),
    ]),
  ].join("\n");
}

const titles = { write: "writing the same bytes", fresh: "synth, empty folder", unchanged: "synth, nothing changed" };

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column < 2 && isNaN(parseFloat(cell)) ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  ")
      .trimEnd(),
  );
}

function seconds(value) {
  return `${value.toFixed(3)} s`;
}

function times(value) {
  return `${value.toFixed(2)} x`;
}
