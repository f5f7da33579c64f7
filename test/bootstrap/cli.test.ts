import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { projectRoot } from "../support/project-copy.ts";

// a process of its own for each command, on machines that have other things to do
jest.setTimeout(60_000);

let programs: string;

beforeAll(() => {
  programs = mkdtempSync(join(tmpdir(), "keelson-programs-"));
  symlinkSync(process.execPath, join(programs, "node"));
});

afterAll(() => {
  rmSync(programs, { recursive: true });
});

/** Runs `npm run bootstrap -- …` as npm would, with nothing on the PATH but what lies in the test's folder. */
function bootstrap(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const [program, ...given] = scripts.bootstrap?.split(" ") ?? [];
  return spawnSync(program ?? "", [...given, ...args], { cwd: projectRoot, encoding: "utf8", env: { PATH: programs } });
}

test("without Pulumi the command says where to get it, and exits 2", () => {
  expect(bootstrap("up", "--stack", "rehearsal")).toEqual(
    expect.objectContaining({
      status: 2,
      stdout: "",
      stderr:
        "error: the program 'pulumi' is not on the PATH\n" +
        "  hint: install it: https://www.pulumi.com/docs/install/; without it, `kubectl apply` does: docs/bootstrap.md\n",
    }),
  );
});

test("Pulumi runs in the project's folder, talks to the person directly, and its exit code is the command's", () => {
  writeFileSync(
    join(programs, "pulumi"),
    `#!/bin/sh\necho "$@ in $PWD"\ncase "$1" in stack) exit 0 ;; *) echo "from pulumi" >&2; exit 7 ;; esac\n`,
    { mode: 0o755 },
  );
  expect(bootstrap("preview", "--stack", "rehearsal", "--diff")).toMatchObject({
    status: 7,
    stdout: `stack select rehearsal --create in ${projectRoot}\npreview --stack rehearsal --diff in ${projectRoot}\n`,
    stderr: "from pulumi\n",
  });
});

test("what Pulumi cannot say stops a destroy", () => {
  writeFileSync(join(programs, "pulumi"), `#!/bin/sh\n[ "$1" = stack ] || { echo "no stack" >&2; exit 255; }\n`, { mode: 0o755 });
  expect(bootstrap("destroy", "--stack", "rehearsal")).toMatchObject({
    status: 2,
    stderr: "no stack\nerror: `pulumi config --json --stack rehearsal` ended with exit code 255\n",
  });
});
