import { describe, expect, test } from "@jest/globals";
import { SyncOption } from "../../lib/argocd/sync-option.ts";
import { syncPolicySpec, type SyncPolicyProps } from "../../lib/argocd/sync-policy.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { caught } from "../support/caught.ts";

const target = "3.5.3";
const automated = SyncMode.automated({ prune: true, selfHeal: false });
const retry = { limit: 5, refresh: true, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } };

describe("syncPolicySpec", () => {
  test("writes out what auto-sync may do, and how a failed sync is tried again", () => {
    expect(syncPolicySpec({ mode: automated }, target)).toEqual({
      automated: { prune: true, selfHeal: false, allowEmpty: false },
      retry,
    });
  });

  test("has no `automated` at all where syncs are started by hand", () => {
    expect(syncPolicySpec({ mode: SyncMode.manual() }, target)).toStrictEqual({ retry });
  });

  test("a retry takes the newest revision, where the targeted version can", () => {
    expect(syncPolicySpec({ mode: automated }, "3.2.0").retry.refresh).toBe(true);
    expect(syncPolicySpec({ mode: automated }, "3.1.9").retry).not.toHaveProperty("refresh");
    expect(syncPolicySpec({ mode: automated, retry: { refresh: false } }, target).retry.refresh).toBe(false);
  });

  test("every prop reaches the policy", () => {
    const every: Required<SyncPolicyProps> = {
      mode: automated,
      enabled: false,
      allowEmpty: true,
      retry: { limit: -1, refresh: false, backoff: { duration: "10s", factor: 3, maxDuration: "1h30m" } },
      syncOptions: [SyncOption.serverSideApply()],
    };
    expect(syncPolicySpec(every, target)).toEqual({
      automated: { enabled: false, prune: true, selfHeal: false, allowEmpty: true },
      retry: { limit: -1, refresh: false, backoff: { duration: "10s", factor: 3, maxDuration: "1h30m" } },
      syncOptions: ["ServerSideApply=true"],
    });
  });

  test.each<[string, SyncPolicyProps, string, string]>([
    ["spec.syncPolicy.automated.enabled", { mode: automated, enabled: true }, "3.1", "3.0.9"],
    ["spec.syncPolicy.retry.refresh", { mode: automated, retry: { refresh: false } }, "3.2", "3.1.9"],
    ["spec.syncPolicy.syncOptions: Prune", { mode: automated, syncOptions: [SyncOption.prune("confirm")] }, "3.4", "3.3.9"],
  ])("fails when the targeted version does not know %s", (field, props, since, older) => {
    expect(() => syncPolicySpec(props, `${since}.0`)).not.toThrow();
    expect(caught(() => syncPolicySpec(props, older))).toBe(
      `'${field}' needs Argo CD ${since} or later, got '${older}'\nhint: leave it out, or raise argocdVersion of the control plane`,
    );
  });

  test.each<[Partial<SyncPolicyProps>, string]>([
    [{ enabled: false }, "enabled"],
    [{ allowEmpty: true }, "allowEmpty"],
  ])("fails when %p meets a manual mode", (props, name) => {
    expect(caught(() => syncPolicySpec({ mode: SyncMode.manual(), ...props }, target))).toBe(
      `'${name}' says something of auto-sync, but the sync mode is manual\nhint: leave it out, or give SyncMode.automated(…)`,
    );
  });

  test.each<[NonNullable<SyncPolicyProps["retry"]>, string]>([
    [{ limit: 1.5 }, "the retry limit is not a whole number, got '1.5'"],
    [{ backoff: { factor: 0 } }, "the retry backoff's factor is not a whole number of at least 1, got '0'"],
    [{ backoff: { duration: "5" } }, "the retry backoff's duration '5' is not a Go duration\nhint: for example '5s' or '1h30m'"],
    [
      { backoff: { maxDuration: "3 min" } },
      "the retry backoff's maxDuration '3 min' is not a Go duration\nhint: for example '5s' or '1h30m'",
    ],
  ])("fails on the retry %p", (retryProps, message) => {
    expect(caught(() => syncPolicySpec({ mode: automated, retry: retryProps }, target))).toBe(message);
  });
});
