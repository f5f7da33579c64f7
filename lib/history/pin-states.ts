import type { Commit } from "../git/commit.ts";
import { readBlobs } from "../git/read-blobs.ts";
import { imagePinsFile, readImagePins } from "../image/image-pins.ts";
import { noPins, type Pins, pinsIn } from "../image/pins.ts";
import type { HistoryGit } from "./history-git.ts";

/** What a commit of the branch made of the pins of an environment. */
export interface PinState {
  readonly commit: Commit;
  readonly pins: Pins;
}

/**
 * What the branch held, one entry for each of its own commits that changed the file of pins, oldest first. A file that cannot be read
 * changes nothing, nor does a line that cannot: what held before holds on.
 */
export function pinStates(git: HistoryGit, environment: string, revision: string): PinState[] {
  const file = imagePinsFile(environment);
  const states: PinState[] = [];
  const touched = git
    .log(revision, { firstParent: true, paths: [file], changes: true })
    .map((commit) => ({ commit, blob: commit.changes.find(({ path }) => path === file)?.after }))
    .reverse();
  const readPins = pinReader(git, file, new Set(touched.flatMap(({ blob }) => blob ?? [])));
  let pins = noPins;
  for (const { commit, blob } of touched) {
    pins = readPins(blob, pins);
    states.push({ commit, pins });
  }
  return states;
}

/**
 * Reads many contents of one file of pins, each once.
 *
 * @param blobs - the ids of all that will be asked for
 * @returns the pins of a content (`undefined`: there is no file); what of it cannot be read stays as it was
 */
export function pinReader(
  git: Pick<HistoryGit, "folder">,
  file: string,
  blobs: Iterable<string>,
): (blob: string | undefined, before: Pins) => Pins {
  const read = new Map([...readBlobs(git, blobs)].map(([blob, text]) => [blob, readImagePins(withoutComments(text), file)]));
  return (blob, before) => {
    const found = blob === undefined ? undefined : read.get(blob);
    if (found === undefined) return blob === undefined ? noPins : before;
    if (found.broken === "every") return before;
    const kept = [...found.broken].flatMap((key) => {
      const reference = before.get(key);
      return reference === undefined ? [] : [[key, reference] as const];
    });
    return new Map([...kept, ...pinsIn(found)]);
  };
}

/** The same pins: what is plain lines only is read many times as fast, and here thousands are. */
function withoutComments(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/^#.*$/gm, "")
    .replace(/^([\w./:@-]+: [A-Za-z0-9][\w./:@+=-]*)[ \t]+(?:#.*)?$/gm, "$1");
}
