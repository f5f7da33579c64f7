import { imagePinsFile, readImagePins } from "../image/image-pins.ts";
import { noPins, type Pins, pinsIn } from "../image/pins.ts";
import type { HistoryGit } from "./history-git.ts";
import { pinStates } from "./pin-states.ts";

/**
 * The pins of an environment in a commit, by key; what cannot be read there is as the commits before it had it. Empty where there is no file.
 *
 * @param revision - a commit that this clone has
 */
export function pinsAt(git: HistoryGit, environment: string, revision: string): Pins {
  const file = imagePinsFile(environment);
  if (git.tree(revision, file) === undefined) return noPins;
  const held = readImagePins(git.read(revision, file), file);
  if (held.broken === "every" || held.broken.size > 0) return pinStates(git, environment, revision).at(-1)?.pins ?? noPins;
  return pinsIn(held);
}
