import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { copyProject, type ProjectCopy, projectRoot } from "../support/project-copy.ts";

function filesOf(root: string): Map<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [relative(root, path), readFileSync(path, "utf8")]));
}

describe("npx cdk8s synth", () => {
  let copy: ProjectCopy;
  beforeAll(() => {
    copy = copyProject();
  }, 60_000);
  afterAll(() => {
    copy.remove();
  });

  test("gives the same bytes as dist/ in a folder that git ignores, and leaves dist/ alone", () => {
    copy.run(join(projectRoot, "node_modules/.bin/cdk8s"), "synth", "--check-upgrade=false");
    const [dist, output] = [filesOf(join(projectRoot, "dist")), filesOf(join(copy.folder, "build/cdk8s"))];
    expect([...output.keys()]).toEqual([...dist.keys()]);
    for (const [path, content] of output) expect({ path, content }).toEqual({ path, content: dist.get(path) });
    expect(copy.run("git", "status", "--porcelain")).toBe("");
  }, 60_000);
});

test("cdk8s.yaml keeps cdk8s away from dist/, which it would empty first", () => {
  expect(parse(readFileSync(join(projectRoot, "cdk8s.yaml"), "utf8"))).toEqual({
    language: "typescript",
    app: 'npm run -s synth -- --dist "$CDK8S_OUTDIR"',
    output: "build/cdk8s",
  });
});
