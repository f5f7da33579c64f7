import { expect, test } from "@jest/globals";
import type { Io } from "../../../lib/cli/io.ts";
import type { Landed } from "../../../lib/cli/landing/landing.ts";
import type { LandingOptions } from "../../../lib/cli/landing/landing-options.ts";
import { landingAsJson, printLanding } from "../../../lib/cli/landing/print-landing.ts";
import { stillWorld } from "../../support/still-world.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";
const landed: Landed<string> = {
  outcome: "pushed",
  value: "",
  commit,
  changes: [
    { kind: "create", path: "dev/a.yaml", content: "" },
    { kind: "delete", path: "dev/b.yaml" },
  ],
  issues: [],
  attempts: 1,
  exitCode: 0,
};
const files = "created dev/a.yaml\ndeleted dev/b.yaml\n1 created, 0 updated, 1 deleted\n";

function printed(landing: Partial<Landed<string>>, options: LandingOptions = {}) {
  let [stdout, stderr] = ["", ""];
  const io = {
    ...stillWorld,
    color: false,
    root: "/",
    workingFolder: "/",
    stdout: (text: string) => (stdout += text),
    stderr: (text: string) => (stderr += text),
  } as unknown as Io;
  printLanding({ ...landed, ...landing }, options, io);
  return { stdout, stderr, json: JSON.parse(JSON.stringify(landingAsJson({ ...landed, ...landing }, io))) as object };
}

test("generated files and the commit are told, and how often it was planned when more than once", () => {
  expect(printed({})).toMatchObject({ stdout: `${files}commit 0123456 pushed to 'origin'\n`, stderr: "" });
  expect(printed({ attempts: 3 }, { remote: "upstream" }).stdout).toBe(`${files}commit 0123456 pushed to 'upstream' at attempt 3\n`);
  expect(printed({ outcome: "committed" }).stdout).toBe(`${files}commit 0123456\n`);
});

test("a branch is told with the address of its pull request, where that is known", () => {
  const review = "https://github.com/a/b/compare/main...c?expand=1";
  expect(printed({ outcome: "branched", review }, { branch: "c" }).stdout).toBe(
    `${files}commit 0123456 on branch 'c' of 'origin'\nopen the pull request: ${review}\n`,
  );
  expect(printed({ outcome: "branched" }, { branch: "c" }).stdout).not.toContain("pull request");
});

test("what was only written is told with what to do next", () => {
  expect(printed({ outcome: "written", commit: undefined })).toMatchObject({
    stdout: files,
    stderr: "hint: commit all of it together; `--commit`, `--push` and `--branch <name>` do that, from a clean tree\n",
  });
});

test("many files are counted, not named", () => {
  const changes = Array.from({ length: 21 }, (_, index) => ({ kind: "update", path: `dev/${index}.yaml`, content: "" }) as const);
  expect(printed({ changes }).stdout).toBe("0 created, 21 updated, 0 deleted\ncommit 0123456 pushed to 'origin'\n");
  expect(printed({ changes: changes.slice(1) }).stdout).toContain("updated dev/20.yaml\n");
});

test("what is wrong and what is nothing to do leave standard output empty", () => {
  const issue = { severity: "error", rule: "image-pins", message: "no image pin", position: { file: "a.yaml", line: 1 } } as const;
  expect(printed({ outcome: "invalid", commit: undefined, issues: [issue] })).toMatchObject({
    stdout: "",
    stderr: "error: no image pin [image-pins]\n  at a.yaml:1\nnothing was written: 1 error\n",
  });
  expect(printed({ outcome: "nothing", commit: undefined, changes: [] })).toMatchObject({
    stdout: "",
    stderr: "nothing is to be changed\n",
  });
});

test("programs read the same", () => {
  expect(printed({}).json).toEqual({
    outcome: "pushed",
    commit,
    attempts: 1,
    files: { created: ["dev/a.yaml"], updated: [], deleted: ["dev/b.yaml"] },
    issues: [],
  });
});
