import { UserError } from "../../errors/user-error.ts";

/** A key, as YAML has it, and everything behind its colon. */
const entryLine = /^(?<key>[^\s#]\S*):[ \t]+(?<value>\S.*)$/;
const betweenEntries = /^(\s*#.*)?$/;

/** The three texts of a file that two sides changed. */
export interface FlatFileSides {
  /** What both come from; empty where both made the file. */
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** A key that both sides changed, each to something else; `undefined` for a side that removed it. */
export interface KeyConflict {
  readonly key: string;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

/** What became of the three. */
export interface MergedFlatFile {
  /** A key in conflict stands there as git shows it: both lines, between markers, and no other line. */
  readonly text: string;
  readonly conflicts: readonly KeyConflict[];
}

/**
 * Merges a file of one line a key: what one side changed is taken from that side, key by key, however near to each other the lines stand. Comments and
 * blank lines are those of the side that changed them. Git puts whole neighbourhoods between its markers; who chooses a side of those loses what the other
 * one did to the neighbours.
 *
 * @param file - for messages
 * @throws UserError when a line is of another kind, a key stands twice, or both sides changed comments
 */
export function mergeFlatFile(texts: FlatFileSides, file: string): MergedFlatFile {
  const [base, ours, theirs] = [parse(texts.base, file), parse(texts.ours, file), parse(texts.theirs, file)];
  const keys = new Set([...base.entries.keys(), ...ours.entries.keys(), ...theirs.entries.keys()]);
  const wanted = new Map<string, string | undefined>();
  const conflicts: KeyConflict[] = [];
  for (const key of keys) {
    const [before, own, other] = [base.entries.get(key), ours.entries.get(key), theirs.entries.get(key)];
    const undecided = own !== before && other !== before && own !== other;
    if (undecided) conflicts.push({ key, ours: own, theirs: other });
    // whoever removed an undecided key, it has its place until somebody chooses
    wanted.set(key, own === before || (undecided && own === undefined) ? other : own);
  }
  const frame = commentingSide(base, ours, theirs);
  if (frame === undefined) {
    throw new UserError(`both sides changed comments in ${file}`, { hint: "merge it by hand, `git add` it, then run this again" });
  }
  return { text: written(frame, wanted, conflicts), conflicts };
}

/** A file's lines, with their ends, and the values by key. */
interface ParsedFile {
  readonly lines: readonly { readonly key: string | undefined; readonly text: string }[];
  readonly entries: ReadonlyMap<string, string>;
  readonly comments: string;
}

function parse(text: string, file: string): ParsedFile {
  const entries = new Map<string, string>();
  const lines = text.split(/(?<=\n)/).map((line) => {
    const { key, value } = entryLine.exec(line.trimEnd())?.groups ?? {};
    if (key === undefined || value === undefined) {
      if (betweenEntries.test(line.trimEnd())) return { key: undefined, text: line };
      throw new UserError(`${file} has a line that is no '<key>: <value>': '${line.trim()}'`, {
        hint: "merge it by hand, and `git add` it",
      });
    }
    if (entries.has(key)) throw new UserError(`'${key}' stands twice in ${file}`, { hint: "merge it by hand, and `git add` it" });
    entries.set(key, value);
    return { key, text: line };
  });
  return { lines, entries, comments: lines.flatMap(({ key, text: line }) => (key === undefined ? [line.trim()] : [])).join("\n") };
}

/** The side whose comments stay; `undefined` where each has others. */
function commentingSide(base: ParsedFile, ours: ParsedFile, theirs: ParsedFile): ParsedFile | undefined {
  if (theirs.comments === base.comments || theirs.comments === ours.comments) return ours;
  return ours.comments === base.comments ? theirs : undefined;
}

/** The lines of one side, with the values that are wanted; a key that it does not have comes behind the last smaller one. */
function written(
  { lines, entries }: ParsedFile,
  wanted: ReadonlyMap<string, string | undefined>,
  conflicts: readonly KeyConflict[],
): string {
  const undecided = new Map(conflicts.map((conflict) => [conflict.key, conflict]));
  const newline = lines[0]?.text.endsWith("\r\n") === true ? "\r\n" : "\n";
  const result = lines
    .filter(({ key }) => key === undefined || wanted.get(key) !== undefined)
    .map((line) => (line.key === undefined || stays(line.key) ? line : { ...line, text: lineOf(line.key) }));
  for (const key of [...wanted.keys()].filter((name) => !entries.has(name) && wanted.get(name) !== undefined).sort()) {
    const smaller = result.findLastIndex((line) => line.key !== undefined && line.key < key);
    const first = result.findIndex((line) => line.key !== undefined);
    result.splice(smaller >= 0 ? smaller + 1 : first >= 0 ? first : result.length, 0, { key, text: lineOf(key) });
  }
  // the last line of a file may lack its end
  return result.map(({ text }, index) => (text.endsWith("\n") || index === result.length - 1 ? text : text + newline)).join("");

  function stays(key: string): boolean {
    return !undecided.has(key) && wanted.get(key) === entries.get(key);
  }

  function lineOf(key: string): string {
    const conflict = undecided.get(key);
    if (conflict === undefined) return `${key}: ${wanted.get(key) ?? ""}${newline}`;
    const side = (value: string | undefined): string[] => (value === undefined ? [] : [`${key}: ${value}`]);
    return ["<<<<<<< HEAD", ...side(conflict.ours), "=======", ...side(conflict.theirs), ">>>>>>> the other side", ""].join(newline);
  }
}
