import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../../errors/user-error.ts";
import type { ScaffoldFile } from "../../scaffold/scaffold-file.ts";

/**
 * Writes what a scaffold made, in the order given, each file whole or not at all. Nothing is written when a new file would take the place of another one. A file
 * that is as wanted already was left by a run that was killed.
 *
 * @param root - the project's folder
 * @param files - what registers the rest comes last: until then the project is as it was
 * @throws UserError when a new file's place is taken
 */
export function writeScaffold(root: string, files: readonly ScaffoldFile[]): void {
  const written = (path: string): string | undefined => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined);
  for (const { path, text, kind } of files) {
    const there = written(path);
    if (kind === "create" && there !== undefined && there !== text) {
      throw new UserError(`'${path}' exists already`, { hint: "nothing was written; choose another name, or move that file away" });
    }
  }
  for (const { path, text } of files.filter((file) => written(file.path) !== file.text)) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.new`, text);
    renameSync(`${target}.new`, target);
  }
}
