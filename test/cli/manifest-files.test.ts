import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type ManifestTexts, readManifestTexts } from "../../lib/cli/manifest-files.ts";
import { caughtLater } from "../support/caught.ts";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "keelson-manifests-")));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), `# ${path}\n`);
  }
}

function read(target: string, workingFolder = root): Promise<ManifestTexts> {
  return readManifestTexts(target, { root, workingFolder, readInput: () => Promise.resolve(Buffer.from("# typed\n")) });
}

describe("readManifestTexts", () => {
  test("reads what a folder holds, at every depth, sorted by path", async () => {
    write("shop/till.yaml", "shop/b/shelf.YML", "shop/a/books.json", "shop/README.md", "shop/run.sh", "elsewhere.yaml");
    expect(await read("shop")).toEqual({
      name: "shop",
      files: [
        { file: "shop/a/books.json", name: "a/books.json", text: "# shop/a/books.json\n" },
        { file: "shop/b/shelf.YML", name: "b/shelf.YML", text: "# shop/b/shelf.YML\n" },
        { file: "shop/till.yaml", name: "till.yaml", text: "# shop/till.yaml\n" },
      ],
    });
  });

  test("leaves out what tools keep for themselves", async () => {
    write("shop/.github/workflows/check.yaml", "shop/node_modules/till/till.yaml", "shop/.hidden.yaml", "shop/till.yaml");
    expect((await read("shop")).files.map(({ name }) => name)).toEqual(["till.yaml"]);
  });

  test("follows links to files, not to folders", async () => {
    write("shop/till.yaml", "elsewhere/shelf.yaml");
    symlinkSync(join(root, "elsewhere/shelf.yaml"), join(root, "shop/linked.yaml"));
    symlinkSync(join(root, "shop"), join(root, "shop/again.yaml"));
    symlinkSync(join(root, "elsewhere"), join(root, "shop/folder"));
    expect((await read("shop")).files.map(({ name }) => name)).toEqual(["linked.yaml", "till.yaml"]);
  });

  test("reads one file, whatever it is called", async () => {
    write("shop/rendered.txt");
    expect(await read("shop/rendered.txt")).toEqual({
      name: "rendered.txt",
      files: [{ file: "shop/rendered.txt", name: "rendered.txt", text: "# shop/rendered.txt\n" }],
    });
  });

  test("reads standard input", async () => {
    expect(await read("-")).toEqual({ name: "stdin", files: [{ file: "stdin", name: "-", text: "# typed\n" }] });
  });

  test("starts from the working folder, and names files from the project's", async () => {
    write("shop/a/books.yaml");
    expect((await read("a", join(root, "shop"))).files.map(({ file }) => file)).toEqual(["shop/a/books.yaml"]);
    expect(
      (
        await readManifestTexts(join(root, "shop"), {
          root: join(root, "project"),
          workingFolder: root,
          readInput: () => Promise.reject(new Error()),
        })
      ).files,
    ).toMatchObject([{ file: "../shop/a/books.yaml" }]);
  });

  test.each([
    ["in UTF-16", Buffer.from("\ufeff# till\n", "utf16le")],
    ["in UTF-16 without a mark", Buffer.from("# till\n", "utf16le")],
    ["in Latin-1", Buffer.from("# café\n", "latin1")],
  ])("gives no text of a file %s", async (_title, bytes) => {
    write("shop/till.yaml");
    writeFileSync(join(root, "shop/till.yaml"), bytes);
    expect(await read("shop")).toMatchObject({ files: [{ name: "till.yaml", text: undefined }] });
  });

  test("refuses an empty name", async () => {
    expect(await caughtLater(() => read(""))).toBe(
      "'' names no folder of manifests\nhint: give a folder of manifests, a file, or -; nothing at all checks the definitions",
    );
  });

  test("refuses what is not there", async () => {
    expect(await caughtLater(() => read("shop"))).toBe("there is no folder or file 'shop'\nhint: give a folder of manifests, a file, or -");
  });

  test("refuses a folder without manifests", async () => {
    write("shop/README.md");
    expect(await caughtLater(() => read("shop"))).toBe(
      "there are no manifests in 'shop'\nhint: what ends in .yaml, .yml or .json is read, in folders below too",
    );
  });

  test("refuses a link to nothing", async () => {
    write("shop/a/till.yaml");
    symlinkSync("nowhere.yaml", join(root, "shop/a/linked.yaml"));
    expect(await caughtLater(() => read("shop"))).toBe("'linked.yaml' is a link to nothing\nhint: mend or remove it in 'a'");
  });
});
