import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { openOutputFolder } from "../../lib/synth/output-folder.ts";

let base = "";
let dist = "";

beforeEach(() => {
  base = fs.mkdtempSync(join(tmpdir(), "keelson-output-folder-"));
  dist = join(base, "dist");
});

afterEach(() => {
  fs.rmSync(base, { recursive: true, force: true });
});

function put(path: string, content = "catalogue"): void {
  fs.mkdirSync(join(base, path, ".."), { recursive: true });
  fs.writeFileSync(join(base, path), content);
}

function listed(): string[] {
  return openOutputFolder(dist)
    .list()
    .map(({ path, kind }) => `${kind} ${path}`)
    .sort();
}

describe("list", () => {
  test("finds nothing where there is no folder, and makes none", () => {
    expect(listed()).toEqual([]);
    expect(fs.existsSync(dist)).toBe(false);
  });

  test("finds files at every depth, hidden ones, and folders that are empty", () => {
    put("dist/.keelson");
    put("dist/dev/eu/bookshop/catalogue/service-catalogue.yaml");
    fs.mkdirSync(join(dist, "staging/eu/bookshop"), { recursive: true });
    expect(listed()).toEqual(["file .keelson", "file dev/eu/bookshop/catalogue/service-catalogue.yaml", "folder staging/eu/bookshop"]);
  });

  test("follows no link: to a folder, to a file, to nothing", () => {
    put("elsewhere/secret.yaml");
    fs.mkdirSync(dist);
    fs.symlinkSync(join(base, "elsewhere"), join(dist, "dev"));
    fs.symlinkSync(join(base, "elsewhere/secret.yaml"), join(dist, "file"));
    fs.symlinkSync(join(base, "nowhere"), join(dist, "broken"));
    expect(listed()).toEqual(["other broken", "other dev", "other file"]);
  });

  test("leaves out git's folder at the root, and at the root only", () => {
    put("dist/.git/HEAD");
    put("dist/dev/.git/HEAD");
    expect(listed()).toEqual(["file dev/.git/HEAD"]);
  });

  test("says so when the folder is a file", () => {
    put("dist");
    expect(() => openOutputFolder(dist, "dist").list()).toThrow("'dist' is not a folder");
  });
});

describe("read", () => {
  test("gives the content as it stands", () => {
    put("dist/a.yaml", "\ufeffépreuve\r\n");
    expect(openOutputFolder(dist).read("a.yaml")).toBe("\ufeffépreuve\r\n");
  });

  test("gives nothing where there is no file", () => {
    put("dist/a.yaml");
    fs.mkdirSync(join(dist, "folder"));
    const folder = openOutputFolder(dist);
    expect([folder.read("b.yaml"), folder.read("a.yaml/b.yaml"), folder.read("folder")]).toEqual([undefined, undefined, undefined]);
  });

  test("follows no link, and waits at no pipe", () => {
    put("secret.yaml", "secret");
    fs.mkdirSync(dist);
    fs.symlinkSync(join(base, "secret.yaml"), join(dist, "link.yaml"));
    execFileSync("mkfifo", [join(dist, "pipe.yaml")]);
    const folder = openOutputFolder(dist);
    expect([folder.read("link.yaml"), folder.read("pipe.yaml")]).toEqual([undefined, undefined]);
  });
});

describe("write", () => {
  test("makes the folders above, and leaves no temporary file", () => {
    const folder = openOutputFolder(dist);
    folder.write("dev/eu/a.yaml", "épreuve\n");
    folder.write("dev/eu/a.yaml", "catalogue\n");
    folder.write("dev/b.yaml", "b\n");
    expect(listed()).toEqual(["file dev/b.yaml", "file dev/eu/a.yaml"]);
    expect(fs.readFileSync(join(dist, "dev/eu/a.yaml"), "utf8")).toBe("catalogue\n");
  });

  test("never lets a reader see half a file: the old one is replaced, not written into", () => {
    const folder = openOutputFolder(dist);
    folder.write("a.yaml", "old");
    const reader = fs.openSync(join(dist, "a.yaml"), "r");
    folder.write("a.yaml", "new");
    expect(fs.readFileSync(reader, "utf8")).toBe("old");
    fs.closeSync(reader);
  });

  test("replaces a link, not what it points to", () => {
    put("secret.yaml", "secret");
    fs.mkdirSync(dist);
    fs.symlinkSync(join(base, "secret.yaml"), join(dist, "a.yaml"));
    openOutputFolder(dist).write("a.yaml", "catalogue");
    expect(fs.readFileSync(join(base, "secret.yaml"), "utf8")).toBe("secret");
    expect(listed()).toEqual(["file a.yaml"]);
  });

  test("does not go through a link to a folder", () => {
    fs.mkdirSync(join(base, "elsewhere"));
    fs.mkdirSync(dist);
    fs.symlinkSync(join(base, "elsewhere"), join(dist, "dev"));
    expect(() => {
      openOutputFolder(dist).write("dev/a.yaml", "catalogue");
    }).toThrow("EEXIST");
    expect(fs.readdirSync(join(base, "elsewhere"))).toEqual([]);
  });

  test("is not held up by the temporary file of a killed run, nor led astray by a link of that name", () => {
    put("secret.yaml", "secret");
    put("dist/a.yaml.keelson-tmp", "half");
    fs.symlinkSync(join(base, "secret.yaml"), join(dist, "b.yaml.keelson-tmp"));
    const folder = openOutputFolder(dist);
    folder.write("a.yaml", "a");
    folder.write("b.yaml", "b");
    expect(listed()).toEqual(["file a.yaml", "file b.yaml"]);
    expect(fs.readFileSync(join(base, "secret.yaml"), "utf8")).toBe("secret");
  });

  test("of what is new stands in place at once, and replaces what stands there all the same", () => {
    put("secret.yaml", "secret");
    put("dist/b.yaml", "by hand");
    fs.symlinkSync(join(base, "secret.yaml"), join(dist, "c.yaml"));
    const folder = openOutputFolder(dist);
    for (const name of ["a", "b", "c"]) folder.write(`${name}.yaml`, "épreuve\n", true);
    expect(listed()).toEqual(["file a.yaml", "file b.yaml", "file c.yaml"]);
    expect(["a", "b", "c"].map((name) => folder.read(`${name}.yaml`))).toEqual(["épreuve\n", "épreuve\n", "épreuve\n"]);
    expect(fs.readFileSync(join(base, "secret.yaml"), "utf8")).toBe("secret");
  });

  test("makes a folder again that was removed in between", () => {
    const folder = openOutputFolder(dist);
    folder.write("dev/eu/a.yaml", "a");
    folder.remove("dev/eu/a.yaml");
    folder.removeEmptyFolder("dev/eu");
    folder.write("dev/eu/a.yaml", "a");
    expect(listed()).toEqual(["file dev/eu/a.yaml"]);
  });
});

describe("remove", () => {
  test("takes a file, or a link but not what it points to", () => {
    put("elsewhere/secret.yaml");
    put("dist/a.yaml");
    fs.symlinkSync(join(base, "elsewhere"), join(dist, "dev"));
    const folder = openOutputFolder(dist);
    folder.remove("a.yaml");
    folder.remove("dev");
    expect(listed()).toEqual([]);
    expect(fs.readdirSync(join(base, "elsewhere"))).toEqual(["secret.yaml"]);
  });

  test("is content where there is nothing", () => {
    put("dist/a.yaml");
    const folder = openOutputFolder(dist);
    folder.remove("b.yaml");
    folder.remove("a.yaml/b.yaml");
    expect(listed()).toEqual(["file a.yaml"]);
  });
});

describe("removeEmptyFolder", () => {
  test("goes up as far as folders are empty, and leaves the output folder", () => {
    put("dist/dev/a.yaml");
    fs.mkdirSync(join(dist, "dev/eu/bookshop"), { recursive: true });
    const folder = openOutputFolder(dist);
    folder.removeEmptyFolder("dev/eu/bookshop");
    expect(fs.readdirSync(join(dist, "dev"))).toEqual(["a.yaml"]);
    folder.remove("dev/a.yaml");
    folder.removeEmptyFolder("dev");
    expect(fs.readdirSync(dist)).toEqual([]);
  });

  test("touches nothing that holds something, and no file or link", () => {
    put("dist/dev/a.yaml");
    fs.mkdirSync(join(base, "elsewhere"));
    fs.symlinkSync(join(base, "elsewhere"), join(dist, "link"));
    const folder = openOutputFolder(dist);
    for (const path of ["dev", "dev/a.yaml", "link", "missing", ""]) folder.removeEmptyFolder(path);
    expect(listed()).toEqual(["file dev/a.yaml", "other link"]);
  });
});
