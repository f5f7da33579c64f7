import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/** Where Linux keeps files in memory. */
const memory = "/dev/shm";

/** How much must be free there, in bytes: far more than the tests of one run hold at once. */
const room = 4 * 2 ** 30;

/**
 * A temporary folder in memory, for as long as this process lives: tests make tens of thousands of small files, which take longer on a disk than what is
 * tested. A machine that has no such place, too little of it, or starts no programs from there keeps its own.
 *
 * @returns {string | undefined}
 */
export function memoryFolder() {
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < room) return undefined;
    const folder = mkdtempSync(join(memory, "keelson-tests-"));
    process.once("exit", () => {
      rmSync(folder, { recursive: true, force: true });
    });
    const program = join(folder, "program");
    writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
    execFileSync(program);
    rmSync(program);
    return folder;
  } catch {
    return undefined;
  }
}
