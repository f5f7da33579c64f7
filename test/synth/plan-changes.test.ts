import { describe, expect, test } from "@jest/globals";
import type { UserError } from "../../lib/errors/user-error.ts";
import type { RenderedFile } from "../../lib/synth/layout-files.ts";
import { markerContent, markerPath, planChanges, type ExistingEntry, type ExistingFiles } from "../../lib/synth/plan-changes.ts";

const service = "dev/eu/bookshop/catalogue/service-catalogue.yaml";
const project = "argocd/main/dev/projects/bookshop-dev.yaml";

const wanted: readonly RenderedFile[] = [
  { path: "argocd/main/application-root-dev.yaml", content: "root", environment: undefined },
  { path: project, content: "project", environment: "dev" },
  { path: "clusters/eu/stores/cluster-secret-store-vault.yaml", content: "store", environment: undefined },
  { path: service, content: "service", environment: "dev" },
  { path: "expanded/main/dev/bookshop-catalogue-dev.yaml", content: "expanded", environment: "dev" },
  { path: "production/eu/bookshop/catalogue/service-catalogue.yaml", content: "service", environment: "production" },
];

const inPlace = { [markerPath]: markerContent, ...Object.fromEntries(wanted.map(({ path, content }) => [path, content])) };

/** A folder in memory that remembers what was read. */
function folder(
  files: Readonly<Record<string, string>>,
  others: readonly ExistingEntry[] = [],
): ExistingFiles & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    name: "dist",
    reads,
    list: () => [...Object.keys(files).map((path) => ({ path, kind: "file" }) as const), ...others],
    read: (path) => {
      reads.push(path);
      return files[path];
    },
  };
}

function without(files: Readonly<Record<string, string>>, ...paths: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
}

describe("a folder that holds what is wanted", () => {
  test("gives no change", () => {
    expect(planChanges({ wanted, existing: folder(inPlace) })).toStrictEqual({ changes: [], unchanged: 7, emptyFolders: [] });
  });

  test("gives no change for its empty folders, which git does not know, but lists them", () => {
    const existing = folder(inPlace, [{ path: "dev/eu/bookshop/checkout", kind: "folder" }]);
    expect(planChanges({ wanted, existing })).toStrictEqual({ changes: [], unchanged: 7, emptyFolders: ["dev/eu/bookshop/checkout"] });
  });
});

describe("changes", () => {
  test("in a folder that is empty or missing create everything, the marker first", () => {
    const { changes, unchanged } = planChanges({ wanted, existing: folder({}) });
    expect(changes).toStrictEqual(Object.entries(inPlace).map(([path, content]) => ({ kind: "create", path, content })));
    expect(unchanged).toBe(0);
  });

  test("create what was deleted, update what was edited, delete what was added, sorted by path", () => {
    const existing = folder({ ...without(inPlace, project), [service]: "edited", "README.md": "added", "dev/eu/a.yaml.keelson-tmp": "" });
    expect(planChanges({ wanted, existing }).changes).toStrictEqual([
      { kind: "delete", path: "README.md" },
      { kind: "create", path: project, content: "project" },
      { kind: "delete", path: "dev/eu/a.yaml.keelson-tmp" },
      { kind: "update", path: service, content: "service" },
    ]);
  });

  test("put back a marker that was edited", () => {
    expect(planChanges({ wanted, existing: folder({ ...inPlace, [markerPath]: "mine" }) }).changes).toStrictEqual([
      { kind: "update", path: markerPath, content: markerContent },
    ]);
  });

  test("replace a link that stands for a wanted file, unread, and delete other links", () => {
    const existing = folder(without(inPlace, service), [
      { path: service, kind: "other" },
      { path: "dev/link", kind: "other" },
    ]);
    expect(planChanges({ wanted, existing }).changes).toStrictEqual(
      [
        { kind: "update", path: service, content: "service" },
        { kind: "delete", path: "dev/link" },
      ].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    );
    expect(existing.reads).not.toContain(service);
  });

  test("delete a file in the place of a folder, and what a folder in the place of a file holds", () => {
    const existing = folder({ ...without(inPlace, service, project), "dev/eu": "file", [`${project}/a/b`]: "deep" });
    expect(planChanges({ wanted, existing }).changes).toStrictEqual([
      { kind: "create", path: project, content: "project" },
      { kind: "delete", path: `${project}/a/b` },
      { kind: "delete", path: "dev/eu" },
      { kind: "create", path: service, content: "service" },
    ]);
  });

  test("create a file where an empty folder stands, unread", () => {
    const existing = folder(without(inPlace, service), [{ path: service, kind: "folder" }]);
    expect(planChanges({ wanted, existing }).changes).toStrictEqual([{ kind: "create", path: service, content: "service" }]);
    expect(existing.reads).not.toContain(service);
  });

  test("read only files that exist and are wanted, once each", () => {
    const existing = folder({ ...without(inPlace, project), "README.md": "added" });
    planChanges({ wanted, existing });
    expect(existing.reads.toSorted()).toEqual(Object.keys(without(inPlace, project)).toSorted());
  });
});

describe("a folder that Keelson did not write", () => {
  const messageAndHint = {
    message: "the folder 'dist' is not empty and was not written by Keelson",
    hint: expect.stringContaining("--force"),
  };

  test.each<readonly [string, ExistingFiles]>([
    ["a file", folder({ "thesis.docx": "years of work" })],
    ["a link", folder({}, [{ path: "home", kind: "other" }])],
    ["what is wanted, without the marker", folder(without(inPlace, markerPath))],
    ["a folder called like the marker", folder({ [`${markerPath}/settings`]: "" })],
    ["a link called like the marker", folder({}, [{ path: markerPath, kind: "other" }])],
  ])("is refused when it holds %s", (_, existing) => {
    let refusal: UserError | undefined;
    try {
      planChanges({ wanted, existing });
    } catch (error) {
      refusal = error as UserError;
    }
    expect(refusal).toMatchObject(messageAndHint);
    expect(() => planChanges({ wanted, existing, environments: new Set(["dev"]) })).toThrow(messageAndHint.message);
  });

  test("is taken over with force: marker created, everything else deleted", () => {
    expect(planChanges({ wanted: [], existing: folder({ "thesis.docx": "years of work" }), force: true }).changes).toStrictEqual([
      { kind: "create", path: markerPath, content: markerContent },
      { kind: "delete", path: "thesis.docx" },
    ]);
  });

  test("is not one that a run left when it was killed before the marker stood", () => {
    const existing = folder({ [`${markerPath}.keelson-tmp`]: "half" }, [{ path: "dev", kind: "folder" }]);
    expect(planChanges({ wanted: [], existing }).changes).toStrictEqual([
      { kind: "create", path: markerPath, content: markerContent },
      { kind: "delete", path: `${markerPath}.keelson-tmp` },
    ]);
  });
});

describe("with environments given", () => {
  const environments = new Set(["dev"]);
  const stale = {
    "README.md": "",
    "argocd/main/application-old.yaml": "",
    "argocd/main/dev/applications/old.yaml": "",
    "argocd/main/platform/applications/old.yaml": "",
    "argocd/main/production/applications/old.yaml": "",
    "bootstrap/main/application-old.yaml": "",
    "clusters/eu/old/service-old.yaml": "",
    "dev/eu/old/old/service-old.yaml": "",
    "devil/eu/old/old/service-old.yaml": "",
    "expanded/main/dev/old.yaml": "",
    "expanded/main/production/old.yaml": "",
    "production/eu/old/old/service-old.yaml": "",
  };

  test("only what they own is created, and the marker", () => {
    const { changes, unchanged } = planChanges({ wanted, existing: folder({}), environments });
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "create .keelson",
      `create ${project}`,
      `create ${service}`,
      "create expanded/main/dev/bookshop-catalogue-dev.yaml",
    ]);
    expect(unchanged).toBe(0);
  });

  test("only what they own is updated, and nothing else is read", () => {
    const existing = folder(Object.fromEntries(Object.keys(inPlace).map((path) => [path, "edited"])));
    expect(planChanges({ wanted, existing, environments }).changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "update .keelson",
      `update ${project}`,
      `update ${service}`,
      "update expanded/main/dev/bookshop-catalogue-dev.yaml",
    ]);
    expect(existing.reads).toHaveLength(4);
  });

  test("only what their folders hold is deleted", () => {
    const { changes, unchanged } = planChanges({ wanted, existing: folder({ ...inPlace, ...stale }), environments });
    expect(changes).toStrictEqual([
      { kind: "delete", path: "argocd/main/dev/applications/old.yaml" },
      { kind: "delete", path: "dev/eu/old/old/service-old.yaml" },
      { kind: "delete", path: "expanded/main/dev/old.yaml" },
    ]);
    expect(unchanged).toBe(4);
    expect(planChanges({ wanted, existing: folder({ ...inPlace, ...stale }) }).changes).toHaveLength(Object.keys(stale).length);
  });

  test("a wanted file stays, even one that nobody's environment owns in a folder of theirs", () => {
    const path = "argocd/main/dev/application-set-bookshop.yaml";
    const existing = folder({ ...inPlace, [path]: "edited" });
    const all = [...wanted, { path, content: "set", environment: undefined }];
    expect(planChanges({ wanted: all, existing, environments }).changes).toEqual([]);
  });

  test("what stands in the way of their files goes, whoever owns it", () => {
    const existing = folder({ [markerPath]: markerContent, argocd: "file", "expanded/main": "file", "clusters/eu": "file" }, [
      { path: "dev", kind: "other" },
    ]);
    const { changes } = planChanges({ wanted, existing, environments });
    expect(changes.filter(({ kind }) => kind === "delete").map(({ path }) => path)).toEqual(["argocd", "dev", "expanded/main"]);
  });

  test("what stands in the marker's place goes, with force", () => {
    const { changes } = planChanges({ wanted, existing: folder({ [`${markerPath}/settings`]: "" }), environments, force: true });
    expect(changes.filter(({ kind }) => kind === "delete").map(({ path }) => path)).toEqual([`${markerPath}/settings`]);
  });
});
