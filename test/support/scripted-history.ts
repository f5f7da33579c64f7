import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pinsText } from "./pins-text.ts";
import { TemporaryClone } from "./temporary-clone.ts";

/** A commit of a script. */
export interface ScriptedCommit {
  /** What later commits, and the test, call it by. */
  readonly as?: string;
  /** Where it goes; a new branch starts at `main`. @default main */
  readonly on?: string;
  /** Where a new branch starts instead: a branch, or a commit's name. */
  readonly from?: string;
  /** Branches or commits that it merges: what they changed since they parted is taken over, the pins key by key. */
  readonly merge?: readonly string[];
  /** Subject, body, trailers. @default change */
  readonly message?: string;
  /** A name. @default Ada */
  readonly by?: string;
  /** Who put it there. @default who wrote it */
  readonly committer?: string;
  /** RFC 3339. @default a minute after the commit before it in the script */
  readonly at?: string;
  /** Pins by environment and key, as `<name>:<tag>` or a whole reference; `undefined` takes one away. What is not mentioned stays. */
  readonly pins?: Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;
  /** Whole files, also those of pins as some hand left them; `undefined` removes one. */
  readonly files?: Readonly<Record<string, string | undefined>>;
}

interface Written {
  readonly mark: number;
  readonly parents: readonly Written[];
  readonly pins: ReadonlyMap<string, string>;
}

/**
 * A real clone with a history as a script tells it, thousands of commits in a second; `main` is checked out. The first commit is dated
 * 2026-11-01T08:00:00Z.
 */
export class ScriptedHistory extends TemporaryClone {
  readonly #named = new Map<string, Written>();
  readonly #ids = new Map<number, string>();
  #count = 0;
  #time = Date.parse("2026-11-01T08:00:00Z") / 1000 - 60;

  constructor(commits: readonly ScriptedCommit[] = [], folder?: string) {
    super(folder);
    if (commits.length > 0) this.add(commits);
  }

  /** Goes on with the script. */
  add(commits: readonly ScriptedCommit[]): void {
    const stream = commits.map((commit) => this.#write(commit)).join("");
    const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
    const args = ["fast-import", "--quiet", "--force", "--done", "--export-marks=.git/marks", "--import-marks-if-exists=.git/marks"];
    execFileSync("git", args, { cwd: this.folder, env, input: `${stream}done\n` });
    const marks = readFileSync(join(this.folder, ".git/marks"), "utf8");
    for (const [, mark, id = ""] of marks.matchAll(/^:(\d+) (\S+)$/gm)) this.#ids.set(Number(mark), id);
    this.git("reset", "--quiet", "--hard", "main");
  }

  /** The full id of a commit by its name, or of a branch's tip. */
  id(name: string): string {
    return this.#ids.get(this.#find(name).mark) ?? "";
  }

  #find(name: string): Written {
    const found = this.#named.get(name);
    if (found === undefined) throw new Error(`the script has no '${name}'`);
    return found;
  }

  #write(commit: ScriptedCommit): string {
    const { on = "main", as: name = on, from = "main", message = "change", by = "Ada", committer = by, files = {} } = commit;
    const tip = this.#named.get(on) ?? this.#named.get(from);
    const merged = (commit.merge ?? []).map((side) => this.#find(side));
    const parents = [...(tip === undefined ? [] : [tip]), ...merged];
    const pins = pinsOf(commit, tip, merged);
    const written: Written = { mark: ++this.#count, parents, pins };
    this.#named.set(on, written).set(name, written);
    this.#time = commit.at === undefined ? this.#time + 60 : Date.parse(commit.at) / 1000;
    const person = (who: string): string => `${who} <${who.toLowerCase().replaceAll(/\W+/g, "-")}@example.test> ${this.#time} +0100`;
    return [
      `commit refs/heads/${on}\nmark :${written.mark}\nauthor ${person(by)}\ncommitter ${person(committer)}\n${data(message)}`,
      ...parents.map(({ mark }, index) => `${index === 0 ? "from" : "merge"} :${mark}\n`),
      ...Object.entries({ ...pinFiles(pins, tip?.pins ?? new Map()), ...files }).map(([path, text]) =>
        text === undefined ? `D ${path}\n` : `M 100644 inline ${path}\n${data(text)}`,
      ),
    ].join("");
  }
}

function pinsOf(commit: ScriptedCommit, tip: Written | undefined, merged: readonly Written[]): Map<string, string> {
  const pins = new Map(tip?.pins);
  for (const side of merged) takeOver(pins, side, tip);
  for (const [environment, changes] of Object.entries(commit.pins ?? {}))
    for (const [key, reference] of Object.entries(changes))
      if (reference === undefined) pins.delete(`${environment} ${key}`);
      else pins.set(`${environment} ${key}`, reference);
  return pins;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** The files of pins that differ. */
function pinFiles(pins: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): Record<string, string> {
  const changed = [...pins, ...before].filter(([key]) => pins.get(key) !== before.get(key)).map(([key]) => key.split(" ")[0] ?? "");
  return Object.fromEntries(
    [...new Set(changed)].map((environment) => {
      const own = [...pins].flatMap(([key, reference]): [string, string][] =>
        key.startsWith(`${environment} `) ? [[key.slice(environment.length + 1), reference]] : [],
      );
      return [`environments/${environment}/images.yaml`, pinsText(Object.fromEntries(own))];
    }),
  );
}

/** What one side changed since the two parted. */
function takeOver(pins: Map<string, string>, side: Written, tip: Written | undefined): void {
  const base = parting(side, tip);
  for (const key of new Set([...side.pins.keys(), ...(base?.pins.keys() ?? [])])) {
    const [theirs, then] = [side.pins.get(key), base?.pins.get(key)];
    if (theirs === then) continue;
    if (theirs === undefined) pins.delete(key);
    else pins.set(key, theirs);
  }
}

function parting(side: Written, tip: Written | undefined): Written | undefined {
  const before = (commit: Written | undefined): Written[] => {
    const [seen, open] = [new Set<Written>(), commit === undefined ? [] : [commit]];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      if (!seen.has(next)) {
        seen.add(next);
        open.push(...next.parents);
      }
    return [...seen].sort((a, b) => b.mark - a.mark);
  };
  const ours = new Set(before(tip));
  return before(side).find((commit) => ours.has(commit));
}
