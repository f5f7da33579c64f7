import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { bookshopFiles, renderBookshop } from "../fixtures/bookshop/render.ts";

const golden = join(import.meta.dirname, "bookshop");

/** Paths below the golden folder, sorted by code unit. */
function goldenPaths(): string[] {
  return readdirSync(golden, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(golden.length + 1))
    .sort();
}

describe("the bookshop through the line", () => {
  const files = bookshopFiles();

  // the one way to change these files: UPDATE_GOLDEN=1 npm test -- test/golden; then read the diff
  beforeAll(() => {
    if (process.env.UPDATE_GOLDEN !== "1") return;
    rmSync(golden, { recursive: true, force: true });
    for (const [path, content] of files) {
      mkdirSync(dirname(join(golden, path)), { recursive: true });
      writeFileSync(join(golden, path), content);
    }
  });

  test("has no issue", () => {
    expect(renderBookshop().issues).toEqual([]);
  });

  test("gives exactly the files of test/golden/bookshop", () => {
    const committed = goldenPaths();
    expect({
      missing: committed.filter((path) => !files.has(path)),
      unexpected: [...files.keys()].filter((path) => !committed.includes(path)),
    }).toEqual({ missing: [], unexpected: [] });
  });

  test("gives every file as it stands there, byte for byte", () => {
    for (const path of goldenPaths()) {
      expect({ path, content: files.get(path) }).toEqual({ path, content: readFileSync(join(golden, path), "utf8") });
    }
  });

  test("gives one object a file, in YAML that its own reader understands", () => {
    const { manifests } = renderBookshop();
    const rendered = manifests.map(({ document }) => JSON.stringify(document)).sort();
    const read = goldenPaths().map((path) => JSON.stringify(parse(readFileSync(join(golden, path), "utf8"))));
    expect(read.sort()).toEqual(rendered);
  });
});
