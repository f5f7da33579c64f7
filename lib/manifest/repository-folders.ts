import { folderOf } from "./dist-paths.ts";
import type { Owner } from "./manifest.ts";
import type { RepositoryFacts } from "./repository-facts.ts";

/** The folders of the repository that hold rendered files, as Applications name them: `dist/dev/eu/bookshop/catalogue`. */
export class RepositoryFolders {
  /** Folders with files of their own. */
  readonly filled = new Set<string>();
  /** Folders with files somewhere below. */
  readonly above = new Set<string>();

  /** @param output - the folder that everything is written to: `dist` */
  constructor({ manifests }: Pick<RepositoryFacts, "manifests">, output: string) {
    let last: Owner | undefined;
    for (const { owner } of manifests) {
      // the objects of a unit share their owner, and follow one another
      if (owner === last) continue;
      last = owner;
      const folder = `${output}/${folderOf(owner)}`;
      // projects and Applications stand in folders of their own below
      if (owner.scope === "delivery") this.above.add(folder);
      else this.filled.add(folder);
      for (const parent of foldersAbove(folder)) this.above.add(parent);
    }
  }
}

/** The folders that a folder lies in, nearest first: `dist/dev/eu`, `dist/dev`, `dist`. */
export function foldersAbove(folder: string): string[] {
  const folders: string[] = [];
  for (let end = folder.lastIndexOf("/"); end > 0; end = folder.lastIndexOf("/", end - 1)) folders.push(folder.slice(0, end));
  return folders;
}
