import { describe, expect, test } from "@jest/globals";
import { applicationSyncOptions, SyncOption, syncOptionsAnnotation } from "../../lib/argocd/sync-option.ts";
import { caught } from "../support/caught.ts";

describe("SyncOption", () => {
  test.each([
    [SyncOption.createNamespace(), "CreateNamespace=true"],
    [SyncOption.respectIgnoreDifferences(), "RespectIgnoreDifferences=true"],
    [SyncOption.applyOutOfSyncOnly(), "ApplyOutOfSyncOnly=true"],
    [SyncOption.failOnSharedResource(), "FailOnSharedResource=true"],
    [SyncOption.prunePropagationPolicy("orphan"), "PrunePropagationPolicy=orphan"],
    [SyncOption.clientSideApplyMigration(false), "ClientSideApplyMigration=false"],
    [SyncOption.serverSideApply(), "ServerSideApply=true"],
    [SyncOption.serverSideApply(false), "ServerSideApply=false"],
    [SyncOption.replace(), "Replace=true"],
    [SyncOption.pruneLast(), "PruneLast=true"],
    [SyncOption.skipDryRunOnMissingResource(), "SkipDryRunOnMissingResource=true"],
    [SyncOption.validate(false), "Validate=false"],
    [SyncOption.prune("false"), "Prune=false"],
    [SyncOption.prune("confirm"), "Prune=confirm"],
    [SyncOption.delete("confirm"), "Delete=confirm"],
    [SyncOption.force(), "Force=true"],
  ])("%# is written %2$s", (option, text) => {
    expect(String(option)).toBe(text);
  });
});

describe("applicationSyncOptions", () => {
  test("keeps the author's order", () => {
    const options = [SyncOption.serverSideApply(), SyncOption.createNamespace(), SyncOption.prune("confirm")];
    expect(applicationSyncOptions(options, "3.5.3")).toEqual(["ServerSideApply=true", "CreateNamespace=true", "Prune=confirm"]);
  });

  test.each([
    [SyncOption.prune("confirm"), "Prune", "3.4", "3.3.9"],
    [SyncOption.delete("false"), "Delete", "3.4", "3.3.9"],
    [SyncOption.clientSideApplyMigration(false), "ClientSideApplyMigration", "3.3", "3.2.9"],
  ])("fails when the targeted version does not know %2$s on an Application", (option, key, since, target) => {
    expect(applicationSyncOptions([option], `${since}.0`)).toHaveLength(1);
    expect(caught(() => applicationSyncOptions([option], target))).toBe(
      `'spec.syncPolicy.syncOptions: ${key}' needs Argo CD ${since} or later, got '${target}'\nhint: leave it out, or raise argocdVersion of the control plane`,
    );
  });

  test("fails when an option stands twice", () => {
    expect(caught(() => applicationSyncOptions([SyncOption.serverSideApply(), SyncOption.serverSideApply(false)], "3.5.3"))).toBe(
      "the sync option 'ServerSideApply' is given twice\nhint: keep one of them, got 'ServerSideApply=true', 'ServerSideApply=false'",
    );
  });
});

describe("syncOptionsAnnotation", () => {
  test("joins the options of one resource", () => {
    expect(syncOptionsAnnotation(SyncOption.force(), SyncOption.replace())).toEqual({
      "argocd.argoproj.io/sync-options": "Force=true,Replace=true",
    });
  });

  test("is no annotation without options", () => {
    expect(syncOptionsAnnotation()).toEqual({});
  });

  test("fails when an option stands twice", () => {
    expect(caught(() => syncOptionsAnnotation(SyncOption.prune("false"), SyncOption.prune("confirm")))).toBe(
      "the sync option 'Prune' is given twice\nhint: keep one of them, got 'Prune=false', 'Prune=confirm'",
    );
  });
});
