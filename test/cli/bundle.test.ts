import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const bundler = fileURLToPath(new URL("../../lib/cli/bundle.mjs", import.meta.url));

let folder = "";

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), "keelson-bundle-"));
  put("entry.ts", 'import { title } from "./title.ts";\nconsole.log(title);\n');
  put("title.ts", 'export const title: string = "Moby Dick";\n');
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Writes a source that was last changed so many seconds ago. */
function put(name: string, text: string, age = 60): void {
  const time = Date.now() / 1000 - age;
  fs.writeFileSync(join(folder, name), text);
  fs.utimesSync(join(folder, name), time, time);
}

/** Bundles as `lib/cli/keelson.mjs` does, and answers whether a new bundle was written and what it prints. */
function bundle(): { isNew: boolean; prints: string } {
  const outfile = join(folder, "build/entry.mjs");
  const inode = (): number => (fs.existsSync(outfile) ? fs.statSync(outfile).ino : 0);
  const before = inode();
  const script = `const { bundle } = await import(${JSON.stringify(bundler)}); await bundle(...process.argv.slice(1));`;
  execFileSync(execPath, ["--input-type=module", "-e", script, join(folder, "entry.ts"), outfile]);
  return { isNew: inode() !== before, prints: execFileSync(execPath, [outfile], { encoding: "utf8" }) };
}

test("a bundle of the same sources is left as it is", () => {
  expect(bundle()).toEqual({ isNew: true, prints: "Moby Dick\n" });
  expect(bundle()).toEqual({ isNew: false, prints: "Moby Dick\n" });
  put("title.ts", 'export const title: string = "Moby Dick";\n', 30);
  expect(bundle()).toEqual({ isNew: false, prints: "Moby Dick\n" });
});

test("a changed source makes a new bundle, whatever its time of change", () => {
  bundle();
  put("title.ts", 'export const title: string = "Mardi";\n', 3600);
  expect(bundle()).toEqual({ isNew: true, prints: "Mardi\n" });
  put("entry.ts", 'console.log("Typee");\n');
  fs.rmSync(join(folder, "title.ts"));
  expect(bundle()).toEqual({ isNew: true, prints: "Typee\n" });
});

test("a source that is younger than the bundler's reading of it is read again the next time", () => {
  put("title.ts", 'export const title: string = "Omoo";\n', 0);
  expect(bundle()).toEqual({ isNew: true, prints: "Omoo\n" });
  expect(bundle()).toEqual({ isNew: true, prints: "Omoo\n" });
});

test("a lost source map makes a new bundle", () => {
  bundle();
  fs.rmSync(join(folder, "build/entry.mjs.map"));
  expect(bundle().isNew).toBe(true);
  expect(fs.existsSync(join(folder, "build/entry.mjs.map"))).toBe(true);
});
