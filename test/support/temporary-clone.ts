import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";

/** A real git repository with a branch `main`, in a folder of its own unless one is given. */
export class TemporaryClone {
  readonly folder: string;

  constructor(folder = realpathSync(mkdtempSync(join(tmpdir(), "keelson-clone-")))) {
    this.folder = folder;
    this.git("init", "--quiet", "--initial-branch=main");
  }

  /** Writes files (or removes those whose content is `undefined`) and commits everything. @returns the commit's id */
  commit(files: Readonly<Record<string, string | undefined>> = {}): string {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      if (content === undefined) rmSync(file);
      else writeFileSync(file, content);
    }
    this.git("add", "--all");
    this.git("-c", "user.name=Test", "-c", "user.email=test@example.test", "commit", "--quiet", "--allow-empty", "--message=change");
    return this.git("rev-parse", "HEAD").trimEnd();
  }

  git(...args: readonly string[]): string {
    // whatever the person who runs the tests has configured
    const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
    return execFileSync("git", args, { cwd: this.folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
