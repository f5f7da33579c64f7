import { renameSync, writeFileSync } from "node:fs";
import process from "node:process";

/** Writes a file that its owner alone may read, at once and whole: a reader sees the old text or the new one. */
export function writePrivateFile(path: string, text: string): void {
  const temporary = `${path}.${String(process.pid)}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, path);
}
