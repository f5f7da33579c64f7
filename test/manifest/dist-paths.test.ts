import { describe, expect, test } from "@jest/globals";
import { distPaths, environmentOfPath, heldUnits } from "../../lib/manifest/dist-paths.ts";
import { manifestPath } from "../../lib/synth/layout-files.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { renderBookshop } from "../fixtures/bookshop/render.ts";
import { fieldAt } from "../support/field-at.ts";

describe("environmentOfPath", () => {
  test.each([
    [`${distPaths.system("dev", "eu", "bookshop")}/namespace/namespace-bookshop-dev.yaml`, "dev"],
    [`${distPaths.unit("dev", "eu", "bookshop", "catalogue")}/service-catalogue.yaml`, "dev"],
    [`${distPaths.delivery("central", "dev")}/projects/bookshop-dev.yaml`, "dev"],
    [`${distPaths.delivery("central", "dev")}/applications/warehouse-dev.yaml`, "dev"],
    [`${distPaths.expanded("central", "dev")}/recommendations-dev.yaml`, "dev"],
    [`${distPaths.delivery("central", "platform")}/projects/platform-eu.yaml`, "platform"],
    [`${distPaths.controlPlane("central")}/application-root-dev.yaml`, undefined],
    [`${distPaths.clusterUnit("eu", "alerts")}/prometheus-rule-delivery-alerts.yaml`, "clusters"],
    [`${distPaths.bootstrap("central")}/application-root.yaml`, "bootstrap"],
    [".keelson", ".keelson"],
  ])("of '%s' is %p", (path, environment) => {
    expect(environmentOfPath(path)).toBe(environment);
  });

  test("is the environment that owns the file, wherever one does", () => {
    const owned = renderBookshop().manifests.flatMap((manifest) => {
      const environment = "environment" in manifest.owner ? manifest.owner.environment : undefined;
      return environment === undefined ? [] : [{ path: manifestPath(manifest), environment }];
    });
    expect(owned.map(({ path }) => ({ path, environment: environmentOfPath(path) }))).toEqual(owned);
  });
});

describe("files are written where Applications read them", () => {
  const { manifests } = renderBookshop();
  const paths = manifests.map(manifestPath);
  const applications = manifests.map(({ document }) => document).filter(({ kind }) => kind === "Application");

  /** The files of dist/ that an Application reads. */
  const readBy = new Map(
    applications.map(({ metadata, spec }) => {
      const folder = `${String(fieldAt(spec, "source.path"))}/`;
      const isRecursive = fieldAt(spec, "source.directory.recurse") === true;
      const below = paths.filter((path) => `${bookshop.repository.output}/${path}`.startsWith(folder));
      const names = below.map((path) => [path, `${bookshop.repository.output}/${path}`.slice(folder.length)] as const);
      return [metadata.name, names.filter(([, name]) => isRecursive || !name.includes("/")).map(([path]) => path)];
    }),
  );

  test.each([...readBy.keys()])("of '%s'", (name) => {
    expect(readBy.get(name)).not.toEqual([]);
  });

  test("each by exactly one, but what is applied once and what an ApplicationSet makes", () => {
    const read = [...readBy.values()].flat().sort();
    expect(read).toEqual(paths.filter((path) => !/^(bootstrap|expanded)\//.test(path)).sort());
  });
});

test.each([
  ["dist/dev/main/shop", { unit: undefined }],
  ["out/yaml/dev/main/shop", { unit: undefined }],
  ["dist/dev/main/shop/frontend", { unit: "frontend" }],
  ["dist/dev/shop/shop/shop", { unit: "shop" }],
  ["dist/dev/dev/shop/shop", { unit: "shop" }],
  ["dist/staging/main/shop", undefined],
  ["dist/dev/main/bank/shop", undefined],
  ["dist/argocd/main/dev", undefined],
])("an Application of '%s' holds of shop in dev: %j", (folder, held) => {
  expect(heldUnits(folder, "dev", "shop")).toEqual(held);
});
