import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { projectRoot } from "../support/project-copy.ts";

const bundler = join(projectRoot, "lib/cli/bundle.mjs");

let shelf = "";

beforeEach(() => {
  shelf = mkdtempSync(join(tmpdir(), "keelson-bundle-"));
  mkdirSync(join(shelf, "original"));
  put("original/entry.ts", 'import { title } from "./title.ts";\nconsole.log(title);\n');
  put("original/title.ts", 'export const title: string = "Moby Dick";\n');
});

afterEach(() => {
  rmSync(shelf, { recursive: true, force: true });
});

/** Writes a source that was last changed a minute ago. */
function put(name: string, text: string): void {
  const time = Date.now() / 1000 - 60;
  writeFileSync(join(shelf, name), text);
  utimesSync(join(shelf, name), time, time);
}

/** Bundles as `lib/cli/keelson.mjs` does, and answers what the bundle prints. */
function bundleOf(folder: string): string {
  const outfile = join(shelf, folder, "build/entry.mjs");
  const script = `const { bundle } = await import(${JSON.stringify(bundler)}); await bundle(...process.argv.slice(1));`;
  execFileSync(execPath, ["--input-type=module", "-e", script, join(shelf, folder, "entry.ts"), outfile]);
  return execFileSync(execPath, [outfile], { encoding: "utf8" });
}

test("runs the sources as they are now, whatever their time of change", () => {
  expect(bundleOf("original")).toBe("Moby Dick\n");
  put("original/title.ts", 'export const title: string = "Mardi";\n');
  expect(bundleOf("original")).toBe("Mardi\n");
});

test("a copied checkout runs its own sources, though it came with a bundle", () => {
  bundleOf("original");
  cpSync(join(shelf, "original"), join(shelf, "copy"), { recursive: true });
  put("copy/title.ts", 'export const title: string = "Typee";\n');
  expect(bundleOf("copy")).toBe("Typee\n");
});

test("the same sources leave the bundle as it is, and nothing beside it but its source map", () => {
  bundleOf("original");
  const bundle = join(shelf, "original/build/entry.mjs");
  const before = statSync(bundle, { bigint: true });
  bundleOf("original");
  expect(statSync(bundle, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
  expect(readdirSync(join(shelf, "original/build")).sort()).toEqual(["entry.mjs", "entry.mjs.map"]);
});
