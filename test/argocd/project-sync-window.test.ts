import { describe, expect, test } from "@jest/globals";
import { syncWindowSpecs, type ProjectSyncWindow } from "../../lib/argocd/project-sync-window.ts";
import { SyncWindow } from "../../lib/definition/sync-window.ts";
import { caught } from "../support/caught.ts";

const office = { schedule: "0 9 * * 1-4", duration: "7h" };
const applications = ["bookshop-catalogue-production"];

function specs(windows: readonly ProjectSyncWindow[], target = "3.5.3") {
  return syncWindowSpecs(windows, "bookshop-production", target);
}

describe("syncWindowSpecs", () => {
  test("writes time zone and manual sync out", () => {
    expect(specs([{ window: SyncWindow.allow(office), applications }])).toStrictEqual([
      { kind: "allow", ...office, timeZone: "UTC", manualSync: true, applications },
    ]);
  });

  test("every prop reaches the window", () => {
    const every = { ...office, timeZone: "Europe/Amsterdam", manualSync: false, syncOverrun: true, description: "Book fair" };
    expect(specs([{ window: SyncWindow.deny(every), applications: ["*"] }])).toStrictEqual([
      { kind: "deny", ...every, applications: ["*"] },
    ]);
  });

  test("the same hours may hold for other Applications", () => {
    const window = SyncWindow.allow(office);
    const both = [
      { window, applications },
      { window, applications: ["bookshop-checkout-production"] },
    ];
    expect(specs(both)).toHaveLength(2);
  });

  test("fails when a window holds for no Application", () => {
    expect(caught(() => specs([{ window: SyncWindow.allow(office), applications: [] }]))).toBe(
      "the sync window 'allow 0 9 * * 1-4 for 7h' of project 'bookshop-production' holds for no Application\nhint: name at least one, or '*'",
    );
  });

  test("fails when a window stands twice, whatever its description", () => {
    const windows = [SyncWindow.deny(office), SyncWindow.deny({ ...office, description: "Stocktaking", manualSync: false })];
    expect(caught(() => specs(windows.map((window) => ({ window, applications }))))).toBe(
      "the sync window 'deny 0 9 * * 1-4 for 7h' of project 'bookshop-production' is listed twice",
    );
  });

  test("fails on too long a description", () => {
    expect(specs([{ window: SyncWindow.deny({ ...office, description: "x".repeat(255) }), applications }])).toHaveLength(1);
    expect(caught(() => specs([{ window: SyncWindow.deny({ ...office, description: "x".repeat(256) }), applications }]))).toBe(
      "the description of the sync window 'deny 0 9 * * 1-4 for 7h' of project 'bookshop-production' is longer than 255 bytes",
    );
  });

  test("fails when the targeted version does not know syncOverrun", () => {
    expect(caught(() => specs([{ window: SyncWindow.allow({ ...office, syncOverrun: true }), applications }], "3.4.7"))).toBe(
      "'spec.syncWindows[].syncOverrun' needs Argo CD 3.5 or later, got '3.4.7'\nhint: leave it out, or raise argocdVersion of the control plane",
    );
  });
});
