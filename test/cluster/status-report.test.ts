import { describe, expect, test } from "@jest/globals";
import type { DeliverySelection } from "../../lib/cluster/delivery-selection.ts";
import { expectedObjects } from "../../lib/cluster/expected-object.ts";
import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import { reportStatus, type StatusReport } from "../../lib/cluster/status-report.ts";
import { label } from "../../lib/manifest/labels.ts";
import { renderBookshop } from "../fixtures/bookshop/render.ts";
import { caught } from "../support/caught.ts";
import { liveObject } from "../support/live-object.ts";
import { plainGit } from "../support/plain-git.ts";

const revision = "a".repeat(40);
const git = plainGit({ [revision]: {} });
const { manifests } = renderBookshop();
const expected = expectedObjects(manifests, "central");

const object = (kind: string, name: string, metadata: object = {}): LiveObject =>
  liveObject(kind, name, { labels: { [label.managedBy]: "keelson" }, metadata });

function report(live: Readonly<Record<string, readonly LiveObject[]>>, selection: DeliverySelection = {}): StatusReport {
  return reportStatus(expected, Object.values(live).flat(), { git, revision }, selection);
}

describe("what is expected", () => {
  test("is every Application, those that ApplicationSets will make among them, each once", () => {
    const names = expected.filter(({ kind }) => kind === "Application").map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["root", "root-dev", "root-platform", "warehouse-dev", "recommendations-production-us"]));
    expect(new Set(names).size).toBe(names.length);
  });

  test("is every AppProject and ApplicationSet", () => {
    const names = expected.filter(({ kind }) => kind !== "Application").map(({ kind, name }) => `${kind} ${name}`);
    expect(names).toEqual(
      expect.arrayContaining(["AppProject root", "AppProject default", "AppProject bookshop-dev", "ApplicationSet recommendations"]),
    );
  });

  test("says whose it is and what it reads", () => {
    expect(expected.find(({ kind, name }) => kind === "Application" && name === "warehouse-dev")).toMatchObject({
      environment: "dev",
      system: "warehouse",
      source: { path: "generated/yaml/dev/eu/warehouse", targetRevision: "trunk" },
      project: "warehouse-dev",
      automated: true,
      generated: false,
    });
    expect(expected.find(({ name }) => name === "recommendations-production-us")).toMatchObject({ generated: true });
  });

  test("is nothing on a control plane that there is not", () => {
    expect(expectedObjects(manifests, "other")).toEqual([]);
  });
});

test("in an empty cluster everything is missing", () => {
  const { ok, applications, objects, notInGit } = report({});
  expect(ok).toBe(false);
  expect(new Set([...applications, ...objects].map(({ state }) => state))).toEqual(new Set(["missing"]));
  expect(applications.length + objects.length).toBe(expected.length);
  expect(notInGit).toEqual([]);
});

describe("an AppProject or ApplicationSet", () => {
  const failing = { status: { conditions: [{ type: "ErrorOccurred", status: "True", message: "no such cluster" }] } };
  const working = { status: { conditions: [{ type: "ErrorOccurred", status: "False", message: "fine" }] } };
  const set = object("ApplicationSet", "recommendations");
  test.each<[string, LiveObject, string, string]>([
    ["is as it should be", set, "ok", ""],
    ["had an error once", { ...set, ...working }, "ok", ""],
    ["cannot make its Applications", { ...set, ...failing }, "failed", "no such cluster"],
    [
      "is being deleted",
      object("ApplicationSet", "recommendations", { deletionTimestamp: "2026-04-01T09:00:00Z" }),
      "deleting",
      "since 2026-04-01T09:00:00Z",
    ],
    [
      "is somebody else's",
      object("ApplicationSet", "recommendations", { labels: {} }),
      "foreign",
      `its label ${label.managedBy} is not 'keelson'`,
    ],
  ])("%s", (_what, live, state, note) => {
    const found = report({ sets: [live] }).objects.find(({ kind }) => kind === "ApplicationSet");
    expect([found?.state, found?.note]).toEqual([state, note]);
  });
});

test("what no definition makes is listed, by kind and name, and told whether it was Keelson's", () => {
  const live = {
    applications: [object("Application", "warehouse-dev"), object("Application", "sold"), object("Application", "guest", { labels: {} })],
    projects: [object("AppProject", "default", { labels: {} }), object("AppProject", "old")],
  };
  expect(report(live).notInGit.map(({ kind, name, ours }) => [kind, name, ours])).toEqual([
    ["Application", "sold", true],
    ["Application", "guest", false],
    ["AppProject", "old", true],
  ]);
});

describe("a selection", () => {
  const names = ({ applications, objects }: StatusReport): string[] => [...applications, ...objects].map(({ name }) => name);

  test("of an environment takes its root, projects and Applications, and what is left of it in the cluster", () => {
    const labels = { [label.managedBy]: "keelson", [label.environment]: "dev" };
    const live = { applications: [object("Application", "sold-dev", { labels }), object("Application", "sold-production")] };
    const found = report(live, { environment: ["dev"] });
    expect(names(found)).toEqual(expect.arrayContaining(["root-dev", "bookshop-dev", "warehouse-dev", "recommendations-dev"]));
    expect(names(found).filter((name) => !name.includes("dev"))).toEqual([]);
    expect(found.notInGit.map(({ name }) => name)).toEqual(["sold-dev"]);
  });

  test("of a system in an environment takes what is both", () => {
    expect(names(report({}, { environment: ["production"], system: ["warehouse"] }))).toEqual([
      "warehouse-production-eu",
      "warehouse-production-us",
      "warehouse-production",
    ]);
  });

  test("of Applications takes nothing else", () => {
    expect(names(report({}, { application: ["warehouse-dev", "root"] }))).toEqual(["root", "warehouse-dev"]);
  });

  test.each<[DeliverySelection, string]>([
    [{ environment: ["prod"] }, "there is no environment 'prod' on this control plane\nhint: the nearest are: 'dev', 'production'"],
    [{ system: ["bookshoop"] }, "there is no system 'bookshoop' on this control plane\nhint: the nearest are: 'bookshop', "],
    [{ application: ["warehouse"] }, "there is no Application 'warehouse' on this control plane\nhint: the nearest are: 'warehouse-dev', "],
    [
      { environment: ["dev"], application: ["root"] },
      "no Application is selected\nhint: --environment, --system and --application must all fit it",
    ],
  ])("of what there is not is refused: %j", (selection, message) => {
    expect(caught(() => report({}, selection))).toContain(message);
  });
});
