import { UserError } from "../errors/user-error.ts";

const parts = ["notice_seconds", "find_seconds", "reapply_seconds"] as const;
const columns = ["trial", ...parts, "total_seconds"] as const;

type Column = (typeof columns)[number];

/** How long somebody took to put the same damage right by hand. */
export interface ManualTime {
  readonly trial: string;
  readonly totalSeconds: number;
}

/**
 * Reads times that people took: a line of column names, then one trial a line. Columns, in any order: `trial`, and `notice_seconds`,
 * `find_seconds` and `reapply_seconds`, or `total_seconds`, or all of them. Empty lines and those that start with `#` say nothing.
 *
 * @param file - its name as messages should say it
 * @throws UserError with the line that cannot be used
 */
export function readManualTimes(text: string, file: string): ManualTime[] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, index) => ({ cells: line.split(",").map((cell) => cell.trim()), number: index + 1, line: line.trim() }))
    .filter(({ line }) => line !== "" && !line.startsWith("#"));
  const [header, ...rows] = lines;
  if (header === undefined) throw new UserError(`'${file}' is empty`, { hint: `start it with the line 'trial,${parts.join(",")}'` });
  const names = header.cells.map((name) => requireColumn(name, header.number, file));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UserError(`'${file}' line ${header.number}: the column '${twice}' stands twice`);
  if (!names.includes("trial") || !(names.includes("total_seconds") || parts.every((part) => names.includes(part))))
    throw new UserError(`'${file}' line ${header.number}: columns are missing, got '${header.line}'`, {
      hint: `write 'trial,${parts.join(",")}' or 'trial,total_seconds'`,
    });
  if (rows.length === 0) throw new UserError(`'${file}' holds no trial`, { hint: "write one line for each" });
  const seen = new Map<string, number>();
  return rows.map(({ cells, number, line }) => {
    const at = `'${file}' line ${number}`;
    if (cells.length !== names.length) throw new UserError(`${at}: ${names.length} values are wanted, got ${cells.length}: '${line}'`);
    const row = new Map(names.map((name, index) => [name, cells[index] ?? ""]));
    const trial = row.get("trial") ?? "";
    if (trial === "") throw new UserError(`${at}: the trial has no name`);
    const before = seen.get(trial);
    if (before !== undefined) throw new UserError(`${at}: the trial '${trial}' stands on line ${before} already`);
    seen.set(trial, number);
    return { trial, totalSeconds: totalOf(row, at) };
  });
}

function requireColumn(name: string, line: number, file: string): Column {
  const column = columns.find((known) => known === name);
  if (column === undefined)
    throw new UserError(`'${file}' line ${line}: there is no column '${name}'`, { hint: `the columns are: ${columns.join(", ")}` });
  return column;
}

function totalOf(row: ReadonlyMap<Column, string>, at: string): number {
  const seconds = (column: Column): number | undefined => {
    const text = row.get(column);
    if (text === undefined) return undefined;
    if (!/^\d+(\.\d+)?$/.test(text)) throw new UserError(`${at}: '${column}' is not a number of seconds, got '${text}'`);
    return Number(text);
  };
  const times = parts.map(seconds).filter((time) => time !== undefined);
  const added = times.length === parts.length ? times.reduce((sum, time) => sum + time, 0) : undefined;
  const total = seconds("total_seconds") ?? added;
  if (total === undefined) throw new UserError(`${at}: the trial has no total`);
  if (added !== undefined && Math.abs(added - total) > 0.5)
    throw new UserError(`${at}: the total ${total} is not the sum of its parts, ${added}`, { hint: "mend one of them" });
  return total;
}
