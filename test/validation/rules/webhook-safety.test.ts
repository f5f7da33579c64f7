import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { webhookSafety } from "../../../lib/validation/rules/webhook-safety.ts";
import { deployment, manifest, platform, reported } from "../../support/manifests.ts";

const pods = { apiGroups: [""], resources: ["pods"], operations: ["CREATE"] };

/** A webhook that the catalogue serves, asked about the Pods of namespaces that carry the label `guarded`. */
function webhook(hook: object = {}, kind = "ValidatingWebhookConfiguration"): Manifest {
  const settings = {
    name: "covers.bookshop.example",
    sideEffects: "None",
    clientConfig: { service: { name: "catalogue", namespace: "bookshop-dev" } },
    namespaceSelector: { matchLabels: { guarded: "yes" } },
    rules: [pods],
    ...hook,
  };
  return manifest(
    { apiVersion: "admissionregistration.k8s.io/v1", kind, metadata: { namespace: undefined }, webhooks: [settings] },
    platform,
  );
}

const hint = "hint: leave the namespace out by namespaceSelector ('kubernetes.io/metadata.name' NotIn), or say failurePolicy: Ignore";

function asked(where: string, kind = "ValidatingWebhookConfiguration"): string {
  return `webhook 'covers.bookshop.example' of ${kind} catalogue must be asked about the Pods of ${where}: while it is down, none starts there\n${hint}`;
}

const everywhere = { namespaceSelector: {} };
const own = asked("its own namespace 'bookshop-dev'");
const system = asked("namespace 'kube-system'");

function butIn(...namespaces: readonly string[]): object {
  return { namespaceSelector: { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: namespaces }] } };
}

describe("webhook-safety", () => {
  test.each<readonly [title: string, hook: object]>([
    ["is asked where somebody wants it", {}],
    ["is asked everywhere but there", butIn("bookshop-dev", "kube-system")],
    ["need not answer", { ...everywhere, failurePolicy: "Ignore" }],
    ["says by conditions what it is asked", { ...everywhere, matchConditions: [{ name: "not-own", expression: "true" }] }],
    ["is asked about something else", { ...everywhere, rules: [{ ...pods, resources: ["ingresses"] }] }],
    ["is asked about another group's pods", { ...everywhere, rules: [{ ...pods, apiGroups: ["metrics.k8s.io"] }] }],
    ["is asked about what goes", { ...everywhere, rules: [{ ...pods, operations: ["DELETE"] }] }],
    ["is asked about what belongs to the cluster", { ...everywhere, rules: [{ ...pods, resources: ["*"], scope: "Cluster" }] }],
    ["is asked about Pods that are not there", { ...everywhere, objectSelector: { matchLabels: { guarded: "yes" } } }],
  ])("lets a webhook pass that %s", (_, hook) => {
    expect(reported(webhookSafety, [webhook(hook), deployment()])).toEqual([]);
  });

  test.each<readonly [title: string, hook: object, found: readonly string[]]>([
    ["everywhere", everywhere, [own, system]],
    [
      "everywhere, by everything of every group",
      { ...everywhere, rules: [{ apiGroups: ["*"], resources: ["*"], operations: ["*"] }] },
      [own, system],
    ],
    [
      "everywhere, about Pods beside other things",
      {
        ...everywhere,
        rules: [
          { ...pods, resources: ["nodes"] },
          { apiGroups: ["apps", ""], resources: ["deployments", "pods"], operations: ["UPDATE", "CREATE"] },
        ],
      },
      [own, system],
    ],
    ["everywhere, in so many words", { ...everywhere, failurePolicy: "Fail" }, [own, system]],
    ["everywhere but in kube-system", butIn("kube-system"), [own]],
    ["everywhere but at home", butIn("bookshop-dev"), [system]],
    [
      "about its own Pods by their labels",
      { ...everywhere, objectSelector: { matchLabels: { "app.kubernetes.io/name": "catalogue" } } },
      [own],
    ],
    ["from outside of the cluster", { ...everywhere, clientConfig: { url: "https://guard.example" } }, [system]],
    [
      "from kube-system",
      { ...everywhere, clientConfig: { service: { namespace: "kube-system" } } },
      [asked("its own namespace 'kube-system'")],
    ],
  ])("reports a webhook that is asked %s", (_, hook, found) => {
    expect(reported(webhookSafety, [webhook(hook), deployment()])).toEqual(found);
  });

  test("reads the labels of the namespace that it runs in", () => {
    const labelled = manifest(
      { kind: "Namespace", metadata: { name: "guard", namespace: undefined, labels: { guarded: "yes" } } },
      platform,
    );
    const hook = webhook({ clientConfig: { service: { namespace: "guard" } } }, "MutatingWebhookConfiguration");
    expect(reported(webhookSafety, [labelled, hook])).toEqual([asked("its own namespace 'guard'", "MutatingWebhookConfiguration")]);
  });

  test.each(["Some", undefined])("reports side effects: %s", (sideEffects) => {
    expect(reported(webhookSafety, [webhook({ sideEffects })])).toEqual([
      `webhook 'covers.bookshop.example' of ValidatingWebhookConfiguration catalogue has side effects that the API server refuses: got '${sideEffects ?? ""}'\nhint: write sideEffects: None, or NoneOnDryRun`,
    ]);
    expect(reported(webhookSafety, [webhook({ sideEffects: "NoneOnDryRun" })])).toEqual([]);
  });
});
