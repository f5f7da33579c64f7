import { describe, expect, test } from "@jest/globals";
import { PodSecurityLevel } from "../../lib/definition/pod-security-level.ts";
import type { NamespaceProps } from "../../lib/definition/system.ts";
import type { UnitContext } from "../../lib/definition/workload-class.ts";
import { SystemNamespace } from "../../lib/namespace/system-namespace.ts";
import { caught } from "../support/caught.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { expectEveryPropToCount, find, meshContext, renderUnit, titles } from "../workload/rendered-unit.ts";

const place = (overrides: Partial<UnitContext> = {}): UnitContext => bookshopContext({ unit: "namespace", ...overrides });
const render = (props: NamespaceProps, context = place()) => renderUnit(SystemNamespace, props, context);
const namespaceOf = (props: NamespaceProps, context = place()) => find(render(props, context), "Namespace bookshop-dev").metadata;

const every: Required<NamespaceProps> = {
  podSecurity: PodSecurityLevel.baseline("the till's printer driver runs as root"),
  quota: { "requests.cpu": "4", "limits.memory": "8Gi", pods: "20" },
  containerDefaults: { requests: { cpu: "50m" }, limits: { memory: "128Mi" } },
  externalSecrets: {
    mail: { data: { token: { key: "mail-token" } } },
    "db-credentials": { data: { password: { key: "db-password", version: "latest" } }, refreshInterval: "30m0s" },
  },
  sealedSecrets: { "loyalty-token": { keys: ["token"], type: "bookshop.example/loyalty" } },
};

describe("SystemNamespace", () => {
  test("minimal props give a restricted Namespace that is never pruned, and policies that deny all but DNS", () => {
    const objects = render({});
    expect(titles(objects)).toEqual(["Namespace bookshop-dev", "NetworkPolicy default-deny", "NetworkPolicy dns-access"]);
    expect(find(objects, "Namespace bookshop-dev")).toEqual({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "bookshop-dev",
        labels: {
          ...place().labels,
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
        },
        annotations: {
          "argocd.argoproj.io/sync-options": "Prune=false,Delete=confirm",
          "argocd.argoproj.io/sync-wave": "-2",
        },
      },
    });
  });

  test("is labelled for policy-controller on clusters where that verifies signatures, and nowhere else", () => {
    const on = (signatureEngine: "kyverno" | "policy-controller"): object => {
      const context = place();
      return namespaceOf({}, { ...context, cluster: { ...context.cluster, signatureEngine } }).labels ?? {};
    };
    expect(on("policy-controller")).toHaveProperty(["policy.sigstore.dev/include"], "true");
    expect(on("kyverno")).not.toHaveProperty(["policy.sigstore.dev/include"]);
  });

  test("every prop reaches the manifests", () => {
    const objects = render(every);
    expect(titles(objects)).toEqual([
      "Namespace bookshop-dev",
      "NetworkPolicy default-deny",
      "NetworkPolicy dns-access",
      "ResourceQuota quota",
      "LimitRange container-defaults",
      "SealedSecret loyalty-token",
      "ExternalSecret mail",
      "ExternalSecret db-credentials",
    ]);
    expect(namespaceOf(every)).toMatchObject({
      labels: { "pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/warn": "restricted" },
      annotations: { "keelson.dev/security-exemption-reason": "the till's printer driver runs as root" },
    });
    expect(find(objects, "ResourceQuota quota").spec).toEqual({ hard: every.quota });
    expect(find(objects, "LimitRange container-defaults").spec).toEqual({
      limits: [{ type: "Container", defaultRequest: { cpu: "50m" }, default: { memory: "128Mi" } }],
    });
    expect(find(objects, "ExternalSecret db-credentials").spec).toMatchObject({
      refreshInterval: "30m0s",
      secretStoreRef: { name: "bookshop-vault", kind: "ClusterSecretStore" },
      data: [{ secretKey: "password", remoteRef: { key: "db-password", version: "latest" } }],
    });
    expect(find(objects, "SealedSecret loyalty-token").spec).toMatchObject({
      encryptedData: { token: "sealed-loyalty-token-token" },
      template: { type: "bookshop.example/loyalty" },
    });
    expectEveryPropToCount<NamespaceProps>((props) => render(props), every);
  });

  test("says nothing of the defaults of containers that are left out", () => {
    expect(find(render({ containerDefaults: { limits: { memory: "1Gi" } } }), "LimitRange container-defaults").spec).toEqual({
      limits: [{ type: "Container", default: { memory: "1Gi" } }],
    });
  });

  test("stands before everything else of its Application: first the Namespace and its policies, then the Secrets, with all other annotations", () => {
    const context = place({ annotations: { "bookshop.example/owner": "platform" } });
    for (const { kind, metadata } of render(every, context)) {
      expect(metadata.annotations).toMatchObject({
        "argocd.argoproj.io/sync-wave": /^(External|Sealed)Secret$/.test(kind) ? "-1" : "-2",
        "bookshop.example/owner": "platform",
      });
    }
  });

  test.each([
    ["sidecar", { "istio-injection": "enabled" }],
    ["ambient", { "istio.io/dataplane-mode": "ambient" }],
  ] as const)("joins the mesh that the system declares: %s", (mesh, labels) => {
    const context = meshContext({ unit: "namespace", mesh });
    expect(titles(render({}, context))).toContain("NetworkPolicy mesh-access");
    expect(namespaceOf({}, context).labels).toEqual({ ...namespaceOf({}).labels, ...labels });
  });

  test("joins no mesh unless its system does, whatever the cluster has", () => {
    const context = meshContext({ unit: "namespace", mesh: undefined });
    expect(render({}, context)).toEqual(render({}));
  });

  test("a secret may have a type of its own, as image pulls need it", () => {
    const externalSecrets = {
      "registry-login": { type: "kubernetes.io/dockerconfigjson", data: { ".dockerconfigjson": { key: "registry" } } },
    };
    expect(find(render({ externalSecrets }), "ExternalSecret registry-login")).toHaveProperty("spec.target", {
      name: "registry-login",
      creationPolicy: "Owner",
      deletionPolicy: "Retain",
      template: { engineVersion: "v2", mergePolicy: "Replace", type: "kubernetes.io/dockerconfigjson" },
    });
  });

  test("fails for an external and a sealed secret of one name", () => {
    expect(caught(() => render({ ...every, sealedSecrets: { mail: { keys: ["token"] } } }))).toBe(
      "'mail' is both an external and a sealed secret\nhint: one Secret has one maker: rename or remove one",
    );
  });

  test("fails for an external secret where the environment has no store", () => {
    expect(caught(() => render(every, place({ secretStore: undefined })))).toBe(
      "the external secret 'mail' has no store to come from\nhint: give the environment a secretStore",
    );
  });

  test("fails for a quota that is no quantity", () => {
    expect(caught(() => render({ quota: { "requests.memory": "8 GB" } }))).toBe(
      "'8 GB' is not a quantity of 'requests.memory'\nhint: write a number and a unit, for example '100m' or '128Mi'",
    );
  });
});
