import { describe, expect, test } from "@jest/globals";
import { applicationProtection, protectionAnnotations, protectionOptions } from "../../lib/argocd/protection.ts";
import { SyncOption, syncOptionsAnnotation } from "../../lib/argocd/sync-option.ts";

const key = "argocd.argoproj.io/sync-options";

describe("protectionAnnotations", () => {
  test.each([
    ["Namespace", "Prune=false,Delete=confirm"],
    ["PersistentVolumeClaim", "Prune=confirm,Delete=confirm"],
    ["apps/StatefulSet", "Prune=confirm,Delete=confirm"],
    ["apiextensions.k8s.io/CustomResourceDefinition", "Prune=confirm,Delete=confirm"],
  ])("%s: %s", (groupKind, value) => {
    expect(protectionAnnotations(groupKind)).toEqual({ [key]: value });
  });

  test.each(["ConfigMap", "apps/Deployment", "bookshop.example/Namespace", "StatefulSet"])(
    "%s holds nothing: no annotation",
    (groupKind) => {
      expect(protectionAnnotations(groupKind)).toEqual({});
    },
  );
});

describe("protectionOptions", () => {
  test("can stand beside further options of the resource", () => {
    expect(
      syncOptionsAnnotation(...protectionOptions("apiextensions.k8s.io/CustomResourceDefinition"), SyncOption.serverSideApply()),
    ).toEqual({
      [key]: "Prune=confirm,Delete=confirm,ServerSideApply=true",
    });
  });
});

describe("applicationProtection", () => {
  test("lets nothing go without somebody's confirmation", () => {
    expect(applicationProtection).toEqual(syncOptionsAnnotation(SyncOption.prune("confirm"), SyncOption.delete("confirm")));
  });
});
