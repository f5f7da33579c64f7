import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";

/** This project's own folder. */
export const projectRoot = resolve(import.meta.dirname, "../..");

/** Half of all files: nothing that a copy runs needs them. */
const leftOut = /^(docs|test)\//;

/** A git repository with this project as it stands in the working tree, committed, beside the installed dependencies. */
export interface ProjectCopy {
  readonly folder: string;
  /** Runs a program in the copy and gives what it printed; throws when it fails. */
  run(program: string, ...args: string[]): string;
  readonly remove: () => void;
}

/**
 * Copies every file that git knows or would know, but for tests and docs; `node_modules` is linked, not copied.
 *
 * @param name - the folder's own name; @default one of the temporary folder's
 */
export function copyProject(name = ""): ProjectCopy {
  const temporary = mkdtempSync(join(tmpdir(), "keelson-project-"));
  const folder = join(temporary, name);
  mkdirSync(folder, { recursive: true });
  // whatever the person who runs the tests has configured of git
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  const run = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { cwd: folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "-z"], {
    cwd: projectRoot,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const deleted = execFileSync("git", ["ls-files", "--deleted", "-z"], { cwd: projectRoot, encoding: "utf8", maxBuffer: 1 << 26 });
  const gone = new Set(deleted.split("\0"));
  for (const path of listed.split("\0").filter((file) => file !== "" && !gone.has(file) && !leftOut.test(file))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(projectRoot, path), join(folder, path), { verbatimSymlinks: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"), "dir");
  run("git", "init", "--quiet", "--initial-branch=main");
  // the link is no folder, so the pattern `node_modules/` does not hide it
  appendFileSync(join(folder, ".git/info/exclude"), "node_modules\n");
  run("git", "add", "--all");
  run("git", "-c", "user.name=reader", "-c", "user.email=reader@bookshop.example", "commit", "--quiet", "--message", "a fresh clone");
  return {
    folder,
    run,
    remove: () => {
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}
