import { describe, expect, test } from "@jest/globals";
import { renderGoTemplate } from "../../lib/argocd/go-template.ts";
import { syncModeElement, syncModePatch } from "../../lib/argocd/sync-mode-patch.ts";
import { syncPolicySpec } from "../../lib/argocd/sync-policy.ts";
import { mergePatch, parseTemplatePatch } from "../../lib/argocd/template-patch.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";

const modes = [
  SyncMode.manual(),
  ...[true, false].flatMap((prune) => [true, false].map((selfHeal) => SyncMode.automated({ prune, selfHeal }))),
];

describe("syncModePatch", () => {
  test.each(modes.map((mode) => [JSON.stringify(mode.automated ?? "manual"), mode] as const))(
    "makes of a manual template the policy that %s has by itself",
    (_, mode) => {
      const text = renderGoTemplate(syncModePatch(), syncModeElement(mode), "the patch");
      const manual = syncPolicySpec({ mode: SyncMode.manual() }, "3.5.3");
      const patched = mergePatch({ spec: { syncPolicy: { ...manual } } }, parseTemplatePatch(text, "the patch", "3.5.3"));
      expect(patched).toEqual({ spec: { syncPolicy: syncPolicySpec({ mode }, "3.5.3") } });
    },
  );

  test("pauses the Applications whose element says so, and leaves the others as they are", () => {
    const mode = SyncMode.automated({ prune: true, selfHeal: true });
    const patched = (paused: boolean, of = mode): unknown =>
      parseTemplatePatch(renderGoTemplate(syncModePatch(true), syncModeElement(of, paused), "the patch"), "the patch", "3.5.3");
    const { automated } = syncPolicySpec({ mode, enabled: false }, "3.5.3");
    expect(patched(true)).toEqual({ spec: { syncPolicy: { automated } } });
    expect(patched(false)).toEqual({ spec: { syncPolicy: { automated: syncPolicySpec({ mode }, "3.5.3").automated } } });
    expect(patched(false, SyncMode.manual())).toEqual({});
  });
});
