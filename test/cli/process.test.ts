import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { appFiles, projectFolder } from "../support/render-apps.ts";
import { copyProject, type ProjectCopy } from "../support/project-copy.ts";

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
function keelson(
  argv: readonly string[],
  options: { readonly project?: string; readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
) {
  const { project = projectFolder } = options;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, "lib/cli/keelson.mjs"), ...argv], {
    cwd: options.cwd ?? project,
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
    expect(JSON.parse(stdout)).toMatchObject({ objects: appFiles().size, errors: 0, issues: [] });
  });

  test("finds no error in dist/ as plain manifests either", () => {
    const { status, stdout } = keelson(["validate", "dist"]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${appFiles().size} objects: 0 errors, 0 warnings, 0 waived\n` });
  });

  test("exits 2 on a command line that it does not understand", () => {
    expect(keelson(["synth", "--dry-run"])).toEqual({ status: 2, stdout: "", stderr: "error: unknown option '--dry-run'\n" });
  });

  test("is content when its reader has seen enough", () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    const { stdout, stderr } = spawnSync("sh", ["-c", 'node lib/cli/keelson.mjs diff --dist "$0" | head -n 1', empty], {
      cwd: projectFolder,
      env: { PATH: process.env.PATH },
      encoding: "utf8",
    });
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(/^diff --git .*\n$/), stderr: "" });
  });
});

describe("a mistake in a project's own files", () => {
  const file = "apps/shop/frontend.ts";
  let project: ProjectCopy;
  beforeAll(() => {
    project = copyProject("my shöp #1 (new)");
  });
  afterAll(() => {
    project.remove();
  });

  /** Runs `validate` while a text of a file is another, which stands on the line given. */
  function validateWith(path: string, before: string, after: string) {
    const content = readFileSync(join(project.folder, path), "utf8");
    const [above, ...rest] = content.split(before);
    if (rest.length !== 1) throw new Error(`'${path}' does not hold '${before}' once`);
    writeFileSync(join(project.folder, path), `${above!}${after}${rest[0]!}`);
    const outcome = keelson(["validate"], { project: project.folder });
    writeFileSync(join(project.folder, path), content);
    return { ...outcome, line: above!.split("\n").length };
  }

  /** The line of a file that holds the text. */
  function lineOf(path: string, text: string): number {
    return readFileSync(join(project.folder, path), "utf8").split(text)[0]!.split("\n").length;
  }

  test("is told with its place and without a stack when a define… function refuses it", () => {
    const name = `front${"e".repeat(35)}nd`;
    const { status, stdout, stderr } = validateWith(file, 'name: "frontend"', `name: "${name}"`);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr:
        `error: the service name '${name}' cannot be used\n` +
        `  at ${file}:${lineOf(file, "= defineService(")}\n` +
        "  hint: use at most 40 lower-case letters, digits and '-', starting with a letter and ending with a letter or digit\n",
    });
  });

  test("is told with its place and without a stack when it cannot be parsed", () => {
    const { status, stdout, stderr, line } = validateWith(file, 'name: "frontend",', 'name "frontend",');
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`${file}:${line}:`);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test("is told with the definition's place when a rule finds it", () => {
    const path = "apps/shop/order-service.ts";
    const { status, stderr } = validateWith(path, 'secretKey("db-credentials"', 'secretKey("db-credential"');
    expect(status).toBe(1);
    expect([...new Set(stderr.match(/^ +at .*$/gm))]).toEqual([`    at ${path}:${lineOf(path, "= defineService(")}`]);
  });
});
