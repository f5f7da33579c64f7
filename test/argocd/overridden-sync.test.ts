import { describe, expect, test } from "@jest/globals";
import { overriddenSync } from "../../lib/argocd/overridden-sync.ts";
import { syncPolicySpec } from "../../lib/argocd/sync-policy.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";

const mode = SyncMode.automated({ prune: true, selfHeal: true });

function automated(off: "autoSync" | "selfHeal" | undefined, argocdVersion: string, of = mode): unknown {
  return syncPolicySpec(overriddenSync(of, off, argocdVersion), argocdVersion).automated;
}

describe("overriddenSync", () => {
  test("is the mode itself where nothing is switched off", () => {
    expect(overriddenSync(mode, undefined, "3.5.3")).toEqual({ mode });
  });

  test("pauses auto-sync and keeps what it may do, from Argo CD 3.1 on", () => {
    expect(automated("autoSync", "3.1.0")).toEqual({ enabled: false, prune: true, selfHeal: true, allowEmpty: false });
  });

  test("takes auto-sync away where Argo CD does not know how to pause it", () => {
    expect(automated("autoSync", "3.0.9")).toBeUndefined();
  });

  test("switches off self-heal alone, and nothing on", () => {
    expect(automated("selfHeal", "3.0.9")).toEqual({ prune: true, selfHeal: false, allowEmpty: false });
    const careful = SyncMode.automated({ prune: false, selfHeal: true });
    expect(automated("selfHeal", "3.5.3", careful)).toEqual({ prune: false, selfHeal: false, allowEmpty: false });
    expect(automated("autoSync", "3.5.3", SyncMode.manual())).toBeUndefined();
  });
});
