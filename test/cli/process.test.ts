import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { appFiles, projectFolder } from "../shipped/render-apps.ts";

/** What a machine may have that must not show in any byte. */
const strangeMachine = {
  TZ: "Asia/Kathmandu",
  LANG: "tr_TR.UTF-8",
  LC_ALL: "tr_TR.UTF-8",
  CDK8S_DISABLE_SORT: "1",
  CDK8S_OUTDIR: "/nowhere",
  CDK8S_OUTPUT_FORMAT: "unknown",
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "keelson-process-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the real program, as `npm run synth` does. */
function keelson(argv: readonly string[], options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(projectFolder, "lib/cli/keelson.mjs"), ...argv], {
    cwd: options.cwd ?? projectFolder,
    env: { PATH: process.env.PATH, ...options.env },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function filesOf(root: string): Map<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [relative(root, path), readFileSync(path, "utf8")]));
}

describe("the program as a process of its own", () => {
  test("finds dist/ as it should be, from another folder on another machine", () => {
    const { status, stdout, stderr } = keelson(["synth", "--check"], { cwd: folder, env: strangeMachine });
    expect({ stderr, stdout, status }).toEqual({
      status: 0,
      stderr: "",
      stdout: expect.stringMatching(/^0 missing, 0 differs, 0 foreign, \d+ unchanged\n$/),
    });
  });

  test("writes the same bytes there as here, and as in this process", () => {
    expect(keelson(["synth", "--dist", join(folder, "here")])).toMatchObject({ status: 0, stderr: "" });
    expect(keelson(["synth", "--dist", "there"], { cwd: folder, env: strangeMachine })).toMatchObject({ status: 0, stderr: "" });
    const [here, there] = [filesOf(join(folder, "here")), filesOf(join(folder, "there"))];
    expect(there).toEqual(here);
    here.delete(".keelson");
    expect(here).toEqual(new Map(appFiles()));
  });

  test("exits 2 on an environment that there is not, and lists those that there are", () => {
    const { status, stderr } = keelson(["synth", "--environment", "prodution"]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "error: there is no environment 'prodution'\n  hint: the environments are: 'production', 'dev', 'staging'\n",
    });
  });

  test("keeps stdout for data", () => {
    const { status, stdout, stderr } = keelson(["validate", "--output", "json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ objects: appFiles().size, issues: [] });
  });

  test("exits 2 on a command line that it does not understand", () => {
    expect(keelson(["synth", "--dry-run"])).toEqual({ status: 2, stdout: "", stderr: "error: unknown option '--dry-run'\n" });
  });
});
