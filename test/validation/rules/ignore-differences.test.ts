import { describe, expect, test } from "@jest/globals";
import { ignoreDifferences } from "../../../lib/validation/rules/ignore-differences.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application } from "../../support/delivery.ts";
import { manifest, reported } from "../../support/manifests.ts";

const world = bookshopWorld();
const replicas = { group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] };

function found(entries: unknown, respects = false, spec: object = { replicas: 2 }): string[] {
  const app = application({
    ignoreDifferences: entries,
    ...(respects && { syncPolicy: { syncOptions: ["RespectIgnoreDifferences=true"] } }),
  });
  const annotations = { "bookshop.example/owner": "sales" };
  return reported(
    ignoreDifferences,
    [app, manifest({ apiVersion: "apps/v1", kind: "Deployment", metadata: { annotations }, spec })],
    world,
  );
}

const written = (what: string): string[] => [
  `Application argocd/bookshop-dev ignores differences of ${what}, but a sync writes over them in Deployment bookshop-dev/catalogue\nhint: add the sync option RespectIgnoreDifferences=true, or take the field out of the file`,
];
const stranger = (what: string): string[] => [
  `Application argocd/bookshop-dev ignores differences of ${what}, but holds no such object\nhint: mend group, kind, name or namespace, or take the entry out`,
];

describe("ignore-differences", () => {
  test("lets entries pass whose fields syncs leave alone, or files do not hold", () => {
    expect(found([replicas], true)).toEqual([]);
    expect(found([replicas], false, {})).toEqual([]);
    expect(found([{ ...replicas, jsonPointers: ["/spec/replicas/0", "/metadata/annotations/bookshop.example~1team"] }])).toEqual([]);
    expect(found([{ ...replicas, name: "catalogue", namespace: "bookshop-dev" }], true)).toEqual([]);
    expect(found(undefined)).toEqual([]);
    expect(reported(ignoreDifferences, [application({ ignoreDifferences: [replicas] })])).toEqual([]);
  });

  test.each([
    [replicas, "'apps/Deployment'"],
    [{ ...replicas, name: "catalogue" }, "'apps/Deployment' 'catalogue'"],
    [{ ...replicas, jsonPointers: ["/metadata/annotations/bookshop.example~1owner"] }, "'apps/Deployment'"],
    [{ group: "apps", kind: "Deployment", jqPathExpressions: [".spec.replicas"] }, "'apps/Deployment'"],
    [{ group: "*", kind: "*", managedFieldsManagers: ["autoscaler"] }, "'*/*'"],
  ])("reports %j where syncs write over it", (entry, what) => {
    expect(found([entry])).toEqual(
      entry.kind === "*"
        ? written(what).map((text) => text.replace("Deployment bookshop-dev/catalogue", "Namespace bookshop-dev"))
        : written(what),
    );
    expect(found([entry], true)).toEqual([]);
  });

  test.each([
    [{ ...replicas, kind: "StatefulSet" }, "'apps/StatefulSet'"],
    [{ ...replicas, group: "extensions" }, "'extensions/Deployment'"],
    [{ kind: "Deployment", jsonPointers: ["/spec/replicas"] }, "'Deployment'"],
    [{ ...replicas, name: "catalog" }, "'apps/Deployment' 'catalog'"],
    [{ ...replicas, namespace: "bookshop" }, "'apps/Deployment' in 'bookshop'"],
    [{}, "''"],
  ])("reports %j, which fits nothing", (entry, what) => {
    expect(found([entry], true)).toEqual(stranger(what));
  });
});
