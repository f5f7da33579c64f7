import { UserError } from "../errors/user-error.ts";
import { environmentOfPath } from "../manifest/dist-paths.ts";
import type { RenderedFile } from "./layout-files.ts";

/** The file at the root of a folder that says who writes the rest. */
export const markerPath = ".keelson";

/** What the marker says. */
export const markerContent = `Everything beside this file is written by Keelson (npm run synth) from the definitions in apps/ and environments/.
Change those, never the files here: the next run puts changed files back, and removes files that it did not write.
This file marks the folder as Keelson's: without it Keelson refuses to touch a folder that is not empty.
`;

/** What a file that is being written is called until it is whole; one that is found was left by a killed run. */
export const temporaryEnding = ".keelson-tmp";

/** What a folder holds somewhere below it. */
export interface ExistingEntry {
  /** Relative to the folder, `/`-separated. */
  readonly path: string;
  /** A `folder` is listed only where it is empty; `other` is a symbolic link, a socket and the like: nothing that Keelson ever wrote. */
  readonly kind: "file" | "folder" | "other";
}

/** A folder as the plan sees it. */
export interface ExistingFiles {
  /** The folder as messages call it. */
  readonly name: string;
  list(): readonly ExistingEntry[];
  /** The content of a file, or `undefined` where there is none. */
  read(path: string): string | undefined;
}

/** What {@link planChanges} decides from. */
export interface PlanInput {
  readonly wanted: readonly RenderedFile[];
  readonly existing: ExistingFiles;
  /** Only what these own is created, updated or deleted. @default every file */
  readonly environments?: ReadonlySet<string>;
  /** Take over a folder that holds something and that Keelson did not write. @default false */
  readonly force?: boolean;
}

/** What shall happen to one file. */
export type FileChange =
  | { readonly kind: "create" | "update"; readonly path: string; readonly content: string }
  | { readonly kind: "delete"; readonly path: string };

/** Stage 6's result. */
export interface ChangePlan {
  /** Sorted by path in the order of code units; at most one for each path. */
  readonly changes: readonly FileChange[];
  /** How many files stand as they are wanted, the marker included. */
  readonly unchanged: number;
  /** Folders that hold nothing: left by a killed run, unknown to git, so no change. */
  readonly emptyFolders: readonly string[];
}

/**
 * Stage 6 of the line: what is wanted against what is there. Reads only files that exist and are wanted.
 *
 * Inside a folder with the marker every file is Keelson's: what is not wanted is deleted. With `environments`, an existing file belongs to the
 * environment that its path names: `<environment>/…`, `argocd/<control-plane>/<environment>/…` or
 * `expanded/<control-plane>/<environment>/…`; whatever else stands in the way of a wanted file goes too.
 *
 * @throws UserError when the folder holds something, lacks the marker and `force` is not given
 */
export function planChanges({ wanted, existing, environments, force = false }: PlanInput): ChangePlan {
  const entries = existing.list();
  if (!force) requireOwnFolder(existing.name, entries);

  const inScope = (environment: string | undefined): boolean =>
    environments === undefined || (environment !== undefined && environments.has(environment));
  const planned = new Map([[markerPath, markerContent]]);
  const kept = new Set<string>();
  for (const file of wanted) {
    if (inScope(file.environment)) planned.set(file.path, file.content);
    else kept.add(file.path);
  }

  const written = writesOf(planned, entries, existing);
  const isObstacle = environments === undefined ? () => false : obstacleTo(planned.keys());
  const isStale = ({ path }: ExistingEntry): boolean =>
    !planned.has(path) && (isObstacle(path) || (!kept.has(path) && inScope(environmentOfPath(path))));
  const deletes = entries
    .filter((entry) => entry.kind !== "folder" && isStale(entry))
    .map(({ path }) => ({ kind: "delete", path }) as const);
  return {
    changes: [...written, ...deletes].sort((a, b) => (a.path < b.path ? -1 : 1)),
    unchanged: planned.size - written.length,
    emptyFolders: entries.filter(({ kind }) => kind === "folder").map(({ path }) => path),
  };
}

function requireOwnFolder(name: string, entries: readonly ExistingEntry[]): void {
  if (entries.some(({ path, kind }) => path === markerPath && kind === "file")) return;
  // A run that was killed while it wrote the marker leaves a temporary file and nothing else.
  if (entries.every(({ path, kind }) => kind === "folder" || path === markerPath + temporaryEnding)) return;
  throw new UserError(`the folder '${name}' is not empty and was not written by Keelson`, {
    hint: "name another folder, or give `--force` to replace everything in it",
  });
}

function writesOf(planned: ReadonlyMap<string, string>, entries: readonly ExistingEntry[], existing: ExistingFiles): FileChange[] {
  const kinds = new Map(entries.map(({ path, kind }) => [path, kind]));
  const writes: FileChange[] = [];
  for (const [path, content] of planned) {
    const kind = kinds.get(path);
    if (kind === undefined || kind === "folder") writes.push({ kind: "create", path, content });
    else if (kind === "other" || existing.read(path) !== content) writes.push({ kind: "update", path, content });
  }
  return writes;
}

/** Whether something stands where a folder of the planned files must, or in a folder where a planned file must. */
function obstacleTo(planned: Iterable<string>): (path: string) => boolean {
  const files = new Set(planned);
  const folders = new Set([...files].flatMap(foldersOf));
  return (path) => folders.has(path) || foldersOf(path).some((folder) => files.has(folder));
}

/** `dev/eu/x.yaml` → `dev`, `dev/eu`. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) folders.push(path.slice(0, slash));
  return folders;
}
