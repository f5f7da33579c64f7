import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { applicationWaves } from "../../../lib/validation/rules/application-waves.ts";
import { application, project } from "../../support/delivery.ts";
import { deployment, manifest, reported } from "../../support/manifests.ts";

const annotated = (annotations: Readonly<Record<string, string>>): Manifest => deployment({}, { annotations });
const wave = (value: string): Readonly<Record<string, string>> => ({ "argocd.argoproj.io/sync-wave": value });
const hook = (phases: string, policies = "BeforeHookCreation"): Readonly<Record<string, string>> => ({
  "argocd.argoproj.io/hook": phases,
  "argocd.argoproj.io/hook-delete-policy": policies,
});

describe("application-waves", () => {
  test("lets waves of objects, wave 0 of Applications and every hook pass", () => {
    expect(
      reported(applicationWaves, [
        annotated(wave("-2")),
        annotated(wave("+1")),
        annotated(hook("PreSync, PostSync", "HookSucceeded,HookFailed")),
        annotated(hook("Sync,SyncFail,PreDelete,PostDelete")),
        annotated({ "argocd.argoproj.io/hook": "Skip" }),
        application({}, { annotations: wave("0") }),
        project({}, { annotations: wave("-1") }),
      ]),
    ).toEqual([]);
  });

  test("reports an Application in a wave", () => {
    expect(reported(applicationWaves, [application({}, { annotations: wave("-1") })])).toEqual([
      "Application argocd/bookshop-dev is in sync wave -1, but waves do not order Applications\nhint: take the wave off: Argo CD tries again until what the Application needs is there",
    ]);
  });

  test.each(["first", "1.5", "", " 1", "1e3"])("reports the wave '%s'", (value) => {
    expect(reported(applicationWaves, [annotated(wave(value))])).toEqual([
      `Deployment bookshop-dev/catalogue is in sync wave '${value}', which is no whole number\nhint: Argo CD takes it for wave 0`,
    ]);
  });

  test("reports a phase and a policy that Argo CD does not know", () => {
    expect(reported(applicationWaves, [annotated(hook("Presync,PostSync", "OnSuccess"))])).toEqual([
      "Deployment bookshop-dev/catalogue has the hook phase 'Presync', which Argo CD does not know\nhint: the nearest are: 'PreSync', 'PostSync', 'Sync'",
      "Deployment bookshop-dev/catalogue has the hook delete policy 'OnSuccess', which Argo CD does not know\nhint: the nearest are: 'HookSucceeded', 'HookFailed', 'BeforeHookCreation'",
    ]);
  });

  test("reports a delete policy of what is no hook", () => {
    expect(reported(applicationWaves, [annotated({ "argocd.argoproj.io/hook-delete-policy": "HookSucceeded" })])).toEqual([
      "Deployment bookshop-dev/catalogue has a hook delete policy, but is no hook\nhint: give it the annotation argocd.argoproj.io/hook, or take the policy out",
    ]);
  });

  test("takes a hook of Helm for a hook", () => {
    const helm = { "helm.sh/hook": "pre-upgrade", "argocd.argoproj.io/hook-delete-policy": "HookSucceeded" };
    expect(reported(applicationWaves, [annotated(helm)])).toEqual([]);
  });

  test("leaves waves to plain manifests that make Argo CD judge the health of Applications", () => {
    const settings = (data: object): Manifest =>
      manifest({ kind: "ConfigMap", metadata: { name: "argocd-cm", namespace: "argocd" }, data });
    const waiting = application({}, { annotations: wave("1") });
    expect(
      reported(applicationWaves, [waiting, settings({ "resource.customizations.health.argoproj.io_Application": "hs = {}" })]),
    ).toEqual([]);
    expect(reported(applicationWaves, [waiting, settings({ "admin.enabled": "false" })])).toHaveLength(1);
  });
});
