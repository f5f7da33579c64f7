import { describe, expect, test } from "@jest/globals";
import { hookAnnotations } from "../../lib/argocd/hook.ts";
import { caught } from "../support/caught.ts";

describe("hookAnnotations", () => {
  test("deletes a hook before its next run unless told otherwise", () => {
    expect(hookAnnotations({ phases: ["PreSync"] })).toEqual({
      "argocd.argoproj.io/hook": "PreSync",
      "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
    });
  });

  test("joins phases and policies", () => {
    expect(hookAnnotations({ phases: ["PostSync", "SyncFail"], deletePolicies: ["HookSucceeded", "BeforeHookCreation"] })).toEqual({
      "argocd.argoproj.io/hook": "PostSync,SyncFail",
      "argocd.argoproj.io/hook-delete-policy": "HookSucceeded,BeforeHookCreation",
    });
  });

  test("knows PreDelete from 3.3 on", () => {
    expect(hookAnnotations({ phases: ["PreDelete"] }, "3.3.0")).toHaveProperty(["argocd.argoproj.io/hook"], "PreDelete");
  });

  test("knows all other phases at any version", () => {
    expect(hookAnnotations({ phases: ["PostDelete"] }, "3.2.9")).toHaveProperty(["argocd.argoproj.io/hook"], "PostDelete");
  });

  test("fails when the targeted version does not know PreDelete", () => {
    expect(caught(() => hookAnnotations({ phases: ["PreDelete"] }, "3.2.9"))).toBe(
      "'argocd.argoproj.io/hook: PreDelete' needs Argo CD 3.3 or later, got '3.2.9'\nhint: leave it out, or raise argocdVersion of the control plane",
    );
  });

  test("fails when a phase stands twice", () => {
    expect(caught(() => hookAnnotations({ phases: ["Sync", "Sync"] }))).toBe("the hook phase 'Sync' is given twice");
  });

  test("fails when a delete policy stands twice", () => {
    expect(caught(() => hookAnnotations({ phases: ["Sync"], deletePolicies: ["HookFailed", "HookFailed"] }))).toBe(
      "the hook delete policy 'HookFailed' is given twice",
    );
  });
});
