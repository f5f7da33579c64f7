import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files of a project that programs write: as they lie on the disk, or as an edit would make them. */
export interface ProjectFiles {
  /**
   * @param path - from the project's root, with `/`: `environments/dev/images.yaml`
   * @returns `undefined` where there is no such file
   */
  readonly read: (path: string) => string | undefined;
}

/**
 * Opens a project.
 *
 * @param root - its folder
 * @param edited - what takes the place of files on the disk, by path; `undefined` for a file that is to go. @default nothing
 */
export function projectFiles(root: string, edited: ReadonlyMap<string, string | undefined> = new Map()): ProjectFiles {
  return {
    read: (path) => {
      if (edited.has(path)) return edited.get(path);
      const file = join(root, path);
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    },
  };
}
