import { describe, expect, test } from "@jest/globals";
import type { Manifest, Owner } from "../../lib/manifest/manifest.ts";
import { layoutFiles, manifestPath } from "../../lib/synth/layout-files.ts";

const catalogue: Owner = { scope: "environment", environment: "dev", cluster: "eu", system: "bookshop", unit: "catalogue" };

function manifest(owner: Owner, kind: string, name: string, apiVersion = "v1"): Manifest {
  return { owner, document: { apiVersion, kind, metadata: { name } }, source: undefined };
}

describe("the owner decides the folder and the environment", () => {
  const owners: readonly (readonly [Owner, string, string, string | undefined])[] = [
    [catalogue, "Service", "dev/eu/bookshop/catalogue/service-catalogue.yaml", "dev"],
    [
      { scope: "cluster", cluster: "eu", system: "platform", unit: "stores" },
      "Service",
      "clusters/eu/stores/service-catalogue.yaml",
      undefined,
    ],
    [{ scope: "bootstrap", controlPlane: "main" }, "Application", "bootstrap/main/application-catalogue.yaml", undefined],
    [{ scope: "control-plane", controlPlane: "main" }, "ApplicationSet", "argocd/main/application-set-catalogue.yaml", undefined],
    [
      { scope: "delivery", controlPlane: "main", group: "dev", environment: "dev" },
      "AppProject",
      "argocd/main/dev/projects/catalogue.yaml",
      "dev",
    ],
    [
      { scope: "delivery", controlPlane: "main", group: "dev", environment: "dev" },
      "Application",
      "argocd/main/dev/applications/catalogue.yaml",
      "dev",
    ],
    [
      { scope: "delivery", controlPlane: "main", group: "dev", environment: "dev" },
      "ApplicationSet",
      "argocd/main/dev/application-set-catalogue.yaml",
      "dev",
    ],
    [
      { scope: "delivery", controlPlane: "main", group: "platform", environment: undefined },
      "Application",
      "argocd/main/platform/applications/catalogue.yaml",
      undefined,
    ],
    [
      { scope: "expanded", controlPlane: "main", applicationSet: "bookshop", environment: "dev" },
      "Application",
      "expanded/main/dev/catalogue.yaml",
      "dev",
    ],
  ];

  test.each(owners)("%j %s: %s", (owner, kind, path, environment) => {
    expect(layoutFiles([manifest(owner, kind, "catalogue")])).toStrictEqual([
      { path, content: `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: catalogue\n`, environment },
    ]);
  });
});

describe("the file's name", () => {
  test.each([
    ["HorizontalPodAutoscaler", "horizontal-pod-autoscaler"],
    ["HTTPRoute", "http-route"],
    ["GRPCRoute", "grpc-route"],
    ["TLSRoute", "tls-route"],
    ["VirtualService", "virtual-service"],
    ["ConfigMap", "config-map"],
    ["AppProject", "app-project"],
    ["CSIDriver", "csi-driver"],
    ["APIService", "api-service"],
    ["IPAddressPool", "ip-address-pool"],
    ["L2Advertisement", "l2-advertisement"],
    ["ServiceCIDR", "service-cidr"],
    ["Job", "job"],
  ])("has %s as %s", (kind, kebab) => {
    expect(manifestPath(manifest(catalogue, kind, "x"))).toBe(`dev/eu/bookshop/catalogue/${kebab}-x.yaml`);
  });

  test.each([
    ["networking.istio.io/v1", "gateway.networking.istio.io-bookshop.yaml"],
    ["gateway.networking.k8s.io/v1", "gateway.gateway.networking.k8s.io-bookshop.yaml"],
  ])("has the group of a kind that two groups share: %s", (apiVersion, name) => {
    expect(manifestPath(manifest(catalogue, "Gateway", "bookshop", apiVersion))).toBe(`dev/eu/bookshop/catalogue/${name}`);
  });

  test("does not change when the other object of a shared kind comes or goes", () => {
    const istio = manifest(catalogue, "Gateway", "bookshop", "networking.istio.io/v1");
    const gatewayApi = manifest(catalogue, "Gateway", "bookshop", "gateway.networking.k8s.io/v1");
    const alone = layoutFiles([istio]).map(({ path }) => path);
    expect(layoutFiles([gatewayApi, istio]).map(({ path }) => path)).toEqual(expect.arrayContaining(alone));
  });

  test.each([
    ["system:bookshop:Reader", "role-system-bookshop-reader.yaml"],
    ["a/b\\c*d?e<f>g|h\"i'j k", "role-a-b-c-d-e-f-g-h-i-j-k.yaml"],
    ["../../catalogue", "role-..-..-catalogue.yaml"],
    ["v1.books.example.com", "role-v1.books.example.com.yaml"],
    ["épreuve", "role--preuve.yaml"],
  ])("is lower-case and safe on Windows: %s", (name, file) => {
    expect(manifestPath(manifest(catalogue, "Role", name))).toBe(`dev/eu/bookshop/catalogue/${file}`);
  });

  test.each([
    ["con", "con-.yaml"],
    ["NUL", "nul-.yaml"],
    ["aux.books", "aux-.books.yaml"],
    ["com1", "com1-.yaml"],
    ["lpt9", "lpt9-.yaml"],
    ["console", "console.yaml"],
    ["com10", "com10.yaml"],
    ["bookshop-con", "bookshop-con.yaml"],
  ])("is no device of Windows where the kind does not stand before it: %s", (name, file) => {
    const owner: Owner = { scope: "delivery", controlPlane: "main", group: "dev", environment: "dev" };
    expect(manifestPath(manifest(owner, "Application", name))).toBe(`argocd/main/dev/applications/${file}`);
  });
});

test("files are sorted by code unit, whatever the order of the manifests", () => {
  const manifests = ["b", "a-b", "a", "a.b", "a1"].map((name) => manifest(catalogue, "Service", name));
  const paths = layoutFiles(manifests).map(({ path }) => path.slice("dev/eu/bookshop/catalogue/service-".length));
  expect(paths).toEqual(["a-b.yaml", "a.b.yaml", "a.yaml", "a1.yaml", "b.yaml"]);
  expect(layoutFiles(manifests.toReversed())).toStrictEqual(layoutFiles(manifests));
});

test("two objects that want one file throw", () => {
  expect(() => layoutFiles([manifest(catalogue, "Role", "a:b"), manifest(catalogue, "Role", "a-b")])).toThrow(
    "'dev/eu/bookshop/catalogue/role-a-b.yaml' for Role a:b and Role a-b",
  );
});
