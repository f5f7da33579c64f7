import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { applyChanges, type ChangeCounts } from "../../lib/synth/apply-changes.ts";
import type { RenderedFile } from "../../lib/synth/layout-files.ts";
import { openOutputFolder, type OutputFolder } from "../../lib/synth/output-folder.ts";
import { markerContent, markerPath, planChanges } from "../../lib/synth/plan-changes.ts";

const wanted: readonly RenderedFile[] = [
  rendered("argocd/main/application-root-dev.yaml", "root\n"),
  rendered("argocd/main/dev/projects/bookshop-dev.yaml", "project\n", "dev"),
  rendered("clusters/eu/stores/cluster-secret-store-vault.yaml", "store\n"),
  rendered("dev/eu/bookshop/catalogue/service-catalogue.yaml", "service\n", "dev"),
  rendered("dev/eu/bookshop/checkout/service-checkout.yaml", "service\n", "dev"),
  rendered("production/eu/bookshop/catalogue/service-catalogue.yaml", "service\n", "production"),
];

let base = "";
let dist = "";

beforeEach(() => {
  base = fs.mkdtempSync(join(tmpdir(), "keelson-apply-changes-"));
  dist = join(base, "dist");
});

afterEach(() => {
  fs.rmSync(base, { recursive: true, force: true });
});

interface RunOptions {
  readonly environments?: ReadonlySet<string>;
  readonly force?: boolean;
  readonly wrap?: (folder: OutputFolder) => OutputFolder;
}

function rendered(path: string, content: string, environment?: string): RenderedFile {
  return { path, content, environment };
}

/** One run of stages 6 and 7. */
function run(files: readonly RenderedFile[] = wanted, { wrap = (folder) => folder, ...options }: RunOptions = {}): ChangeCounts {
  const folder = wrap(openOutputFolder(dist));
  return applyChanges(planChanges({ wanted: files, existing: folder, ...options }), folder);
}

/** Everything below a folder by path: a file's content, `-> target` for a link, `(empty)` for a folder that holds nothing. */
function tree(folder = dist, prefix = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const child of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, child.name);
    const name = prefix + child.name;
    if (child.isSymbolicLink()) found[name] = `-> ${fs.readlinkSync(path)}`;
    else if (child.isFile()) found[name] = fs.readFileSync(path, "utf8");
    else if (fs.readdirSync(path).length === 0) found[name] = "(empty)";
    else Object.assign(found, tree(path, `${name}/`));
  }
  return found;
}

function treeOf(files: readonly RenderedFile[]): Record<string, string> {
  return { [markerPath]: markerContent, ...Object.fromEntries(files.map(({ path, content }) => [path, content])) };
}

function put(path: string, content = "by hand\n"): void {
  fs.mkdirSync(dirname(join(dist, path)), { recursive: true });
  fs.writeFileSync(join(dist, path), content);
}

function timesOf(paths: readonly string[]): bigint[] {
  return paths.map((path) => fs.lstatSync(join(dist, path), { bigint: true }).mtimeNs);
}

describe("a run", () => {
  test("into nothing writes every file and the marker", () => {
    expect(run()).toStrictEqual({ created: 7, updated: 0, deleted: 0, unchanged: 0 });
    expect(tree()).toStrictEqual(treeOf(wanted));
  });

  test("a second time writes nothing and keeps every time of change", () => {
    run();
    const paths = Object.keys(tree());
    const folders = [...new Set(paths.map((path) => dirname(path)))];
    const before = [timesOf(paths), timesOf(folders)];
    expect(run()).toStrictEqual({ created: 0, updated: 0, deleted: 0, unchanged: 7 });
    expect([timesOf(paths), timesOf(folders)]).toEqual(before);
  });

  test("puts right what was edited, deleted, added and linked, and touches nothing else", () => {
    run();
    const untouched = wanted.slice(0, 3).map(({ path }) => path);
    const before = timesOf(untouched);
    put("dev/eu/bookshop/catalogue/service-catalogue.yaml");
    fs.rmSync(join(dist, "dev/eu/bookshop/checkout"), { recursive: true });
    put("dev/eu/bookshop/returns/deep/service-returns.yaml");
    fs.mkdirSync(join(base, "elsewhere"));
    fs.writeFileSync(join(base, "elsewhere/secret.yaml"), "secret");
    fs.symlinkSync(join(base, "elsewhere"), join(dist, "staging"));
    expect(run()).toStrictEqual({ created: 1, updated: 1, deleted: 2, unchanged: 5 });
    expect(tree()).toStrictEqual(treeOf(wanted));
    expect(timesOf(untouched)).toEqual(before);
    expect(fs.readFileSync(join(base, "elsewhere/secret.yaml"), "utf8")).toBe("secret");
  });

  test("removes the folders that it leaves empty, and empty ones that it finds", () => {
    run();
    run(wanted.slice(0, 3));
    expect(tree()).toStrictEqual(treeOf(wanted.slice(0, 3)));
    fs.mkdirSync(join(dist, "dev/eu/bookshop"), { recursive: true });
    fs.mkdirSync(join(dist, "dev/us"), { recursive: true });
    expect(run(wanted.slice(0, 3))).toStrictEqual({ created: 0, updated: 0, deleted: 0, unchanged: 4 });
    expect(tree()).toStrictEqual(treeOf(wanted.slice(0, 3)));
  });

  test("with nothing wanted leaves the marker", () => {
    run();
    run([]);
    expect(tree()).toStrictEqual(treeOf([]));
  });
});

describe("what stands in the way", () => {
  const service = "dev/eu/bookshop/catalogue/service-catalogue.yaml";

  test.each<readonly [string, () => void]>([
    [
      "a file in a folder's place",
      () => {
        put("dev/eu");
      },
    ],
    [
      "a full folder in a file's place",
      () => {
        put(`${service}/deep/by-hand.yaml`);
      },
    ],
    [
      "an empty folder in a file's place",
      () => {
        fs.mkdirSync(join(dist, service, "deep"), { recursive: true });
      },
    ],
    [
      "a link in a file's place",
      () => {
        fs.mkdirSync(join(dist, dirname(service)), { recursive: true });
        fs.symlinkSync(join(base, "secret.yaml"), join(dist, service));
      },
    ],
    [
      "a link in a folder's place",
      () => {
        fs.symlinkSync(base, join(dist, "dev"));
      },
    ],
    [
      "a broken link in a folder's place",
      () => {
        fs.symlinkSync(join(base, "nowhere"), join(dist, "dev"));
      },
    ],
    [
      "a temporary file",
      () => {
        put(`${service}.keelson-tmp`);
      },
    ],
    [
      "a folder in a temporary file's place",
      () => {
        put(`${service}.keelson-tmp/by-hand.yaml`);
      },
    ],
  ])("goes: %s", (_, obstruct) => {
    run([]);
    fs.writeFileSync(join(base, "secret.yaml"), "secret");
    obstruct();
    run();
    expect(tree()).toStrictEqual(treeOf(wanted));
    expect(fs.readFileSync(join(base, "secret.yaml"), "utf8")).toBe("secret");
  });

  test.each([{}, { environments: new Set(["dev"]) }])("goes from the marker's place with force: %j", (options) => {
    put(`${markerPath}/deep/settings`);
    fs.mkdirSync(join(dist, markerPath, "empty"));
    run([], { ...options, force: true });
    expect(tree()).toStrictEqual(treeOf([]));
  });
});

describe("with environments given", () => {
  test("files of others stay as they are, stale ones too", () => {
    run();
    const others = {
      "clusters/eu/old/service-old.yaml": "by hand\n",
      "production/eu/bookshop/catalogue/service-catalogue.yaml": "by hand\n",
    };
    for (const path of [...Object.keys(others), "dev/eu/bookshop/returns/service-returns.yaml", "argocd/main/dev/applications/old.yaml"])
      put(path);
    fs.rmSync(join(dist, "dev/eu/bookshop/checkout/service-checkout.yaml"));
    expect(run(wanted, { environments: new Set(["dev"]) })).toStrictEqual({ created: 1, updated: 0, deleted: 2, unchanged: 3 });
    expect(tree()).toStrictEqual({ ...treeOf(wanted), ...others });
  });
});

describe("a folder that Keelson did not write", () => {
  test("is refused before anything is touched", () => {
    put("thesis.docx");
    expect(() => run()).toThrow(`the folder '${dist}' is not empty and was not written by Keelson`);
    expect(tree()).toStrictEqual({ "thesis.docx": "by hand\n" });
  });

  test("is replaced with force, but for git's own folder", () => {
    put("thesis.docx");
    put(".git/HEAD");
    run(wanted, { force: true });
    expect(tree()).toStrictEqual({ ...treeOf(wanted), ".git/HEAD": "by hand\n" });
  });
});

describe("a run that is killed", () => {
  class Killed extends Error {}

  /** The n-th operation that writes is not done any more; of a write half may stand: of a new file in place, else of a temporary one. */
  function killedAt(n: number, halfWritten: boolean): (folder: OutputFolder) => OutputFolder {
    let count = 0;
    const countDown = (half?: () => void): void => {
      if (count++ < n) return;
      half?.();
      throw new Killed();
    };
    return (folder) => ({
      ...folder,
      write(path, content, isNew) {
        countDown(() => {
          if (halfWritten) put(isNew === true ? path : `${path}.keelson-tmp`, content.slice(0, 3));
        });
        folder.write(path, content, isNew);
      },
      remove(path) {
        countDown();
        folder.remove(path);
      },
      removeEmptyFolder(path) {
        countDown();
        folder.removeEmptyFolder(path);
      },
    });
  }

  function messUp(): void {
    run([rendered("dev/eu/bookshop/returns/service-returns.yaml", "stale\n", "dev"), rendered("old/a/b.yaml", "stale\n"), wanted[0]!]);
    put("dev/eu/bookshop/catalogue/service-catalogue.yaml");
    put("dev/eu/bookshop/checkout");
    put("argocd/main/dev/projects/bookshop-dev.yaml/by-hand.yaml");
    put(markerPath, "edited\n");
    fs.symlinkSync(base, join(dist, "production"));
    fs.mkdirSync(join(dist, "empty/deep"), { recursive: true });
  }

  function startOver(): void {
    fs.rmSync(dist, { recursive: true, force: true });
  }

  test.each<readonly [string, () => void, boolean]>([
    ["in an empty folder, between two operations", startOver, false],
    ["in an empty folder, within a write", startOver, true],
    ["in a folder in disorder, between two operations", messUp, false],
    ["in a folder in disorder, within a write", messUp, true],
  ])("%s, is repaired by the next one", (_, prepare, halfWritten) => {
    let kills = 0;
    for (let isKilled = true; isKilled; kills += isKilled ? 1 : 0) {
      startOver();
      prepare();
      try {
        run(wanted, { wrap: killedAt(kills, halfWritten) });
        isKilled = false;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        run();
      }
      expect(tree()).toStrictEqual(treeOf(wanted));
    }
    expect(kills).toBeGreaterThan(6);
  });
});

test("whatever stood there before, the tree is the wanted one after, and a second run changes nothing", () => {
  const folders = ["dev", "dev/eu", "dev/eu/bookshop", "argocd", "argocd/main", "argocd/main/dev", "old", ".keelson", "clusters"];
  const names = ["a.yaml", "b.yaml", "eu", "main", ".keelson", "a.yaml.keelson-tmp", ".keelson.keelson-tmp"];
  const place = fc
    .tuple(fc.constantFrom("", ...folders), fc.constantFrom("", ...names))
    .map((parts) => parts.filter((part) => part !== "").join("/"));
  const thing = fc.record({
    path: place,
    kind: fc.constantFrom("file", "folder", "link", "broken"),
    content: fc.constantFrom("a\n", "b\n", ""),
  });
  const file = fc
    .record({
      folder: fc.constantFrom("dev/eu/bookshop", "argocd/main/dev", "clusters/eu"),
      name: fc.constantFrom("a.yaml", "b.yaml"),
      content: fc.constantFrom("a\n", "b\n"),
    })
    .map(({ folder, name, content }) => rendered(`${folder}/${name}`, content));
  const files = fc.uniqueArray(file, { selector: ({ path }) => path });
  fs.writeFileSync(join(base, "secret.yaml"), "secret");

  fc.assert(
    fc.property(fc.array(thing, { maxLength: 12 }), files, (things, wantedFiles) => {
      fs.rmSync(dist, { recursive: true, force: true });
      fs.mkdirSync(dist);
      for (const { path, kind, content } of things) {
        const target = join(dist, path);
        // What meets something that stands there already is left out.
        try {
          fs.mkdirSync(kind === "folder" ? target : dirname(target), { recursive: true });
          if (kind === "file") fs.writeFileSync(target, content, { flag: "wx" });
          if (kind === "link") fs.symlinkSync(content === "" ? base : join(base, "secret.yaml"), target);
          if (kind === "broken") fs.symlinkSync(join(base, "nowhere"), target);
        } catch (error) {
          expect((error as NodeJS.ErrnoException).code).toMatch(/^(EEXIST|ENOTDIR|EISDIR|ENOENT)$/);
        }
      }
      run(wantedFiles, { force: true });
      expect(tree()).toStrictEqual(treeOf(wantedFiles));
      expect(run(wantedFiles)).toStrictEqual({ created: 0, updated: 0, deleted: 0, unchanged: wantedFiles.length + 1 });
      expect(tree(base)).toHaveProperty(["secret.yaml"], "secret");
    }),
    { numRuns: 150 },
  );
});
