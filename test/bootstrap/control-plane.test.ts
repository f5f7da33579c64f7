import { beforeEach, expect, jest, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime/index.js";
import type { BootstrapConfig } from "../../lib/bootstrap/bootstrap-config.ts";
import { bootstrapDocuments } from "../../lib/bootstrap/bootstrap-documents.ts";
import { SecretValue } from "../../lib/definition/secret-value.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { renderBookshop } from "../fixtures/bookshop/render.ts";
import { fieldAt } from "../support/field-at.ts";

// loading Pulumi takes seconds on a machine that has other things to do
jest.setTimeout(60_000);

const [central] = bookshop.controlPlanes;
const documents = bootstrapDocuments(renderBookshop().manifests, central!);
const plain: BootstrapConfig = {
  controlPlane: central!,
  context: "bookshop-eu",
  kubeconfig: undefined,
  install: "helm",
  settings: "create",
  repositoryAccess: { kind: "password", fields: { username: "ada" }, secretFields: { password: SecretValue.of("opensesame") } },
  teardown: false,
};

interface Options {
  readonly dependsOn: readonly string[];
  readonly protect: boolean;
  readonly retained: boolean;
  readonly ignored: readonly string[];
}

let registered: MockResourceArgs[] = [];
let options = new Map<string, Options>();

beforeEach(async () => {
  registered = [];
  options = new Map();
  await pulumi.runtime.setMocks(
    {
      newResource: (resource) => {
        registered.push(resource);
        return { id: `${resource.name}-id`, state: resource.inputs as object };
      },
      call: () => ({}),
    },
    "keelson",
    "central",
    false,
  );
});

/** Makes the control plane; what the engine was told of it stands in `registered` and `options` afterwards. */
async function make(config: Partial<BootstrapConfig> = {}): Promise<void> {
  const { ControlPlane } = await import("../../lib/bootstrap/control-plane.ts");
  new ControlPlane(
    "central",
    { config: { ...plain, ...config }, documents, repositoryUrl: bookshop.repository.url },
    {
      transformations: [
        ({ name, opts }) => {
          const { dependsOn, protect, retainOnDelete, ignoreChanges } = opts as pulumi.CustomResourceOptions;
          options.set(name, {
            dependsOn: (dependsOn as pulumi.Resource[] | undefined)?.map(nameOf) ?? [],
            protect: protect === true,
            retained: retainOnDelete === true,
            ignored: ignoreChanges ?? [],
          });
          return undefined;
        },
      ],
    },
  );
  await pulumi.runtime.disconnect();
}

const nameOf = (resource: pulumi.Resource): string => fieldAt(resource, "__name") as string;
const names = (): string[] => registered.map(({ name }) => name);
const inputs = (name: string): unknown =>
  registered.find((resource) => resource.name === name && resource.type.startsWith("kubernetes:"))?.inputs;

test("the whole of a new control plane is registered, under one component", async () => {
  await make();
  expect(registered.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
    "keelson:bootstrap:ControlPlane central",
    "kubernetes:argoproj.io/v1alpha1:AppProject root-project",
    "kubernetes:argoproj.io/v1alpha1:Application root",
    "kubernetes:core/v1:ConfigMap argocd-cm",
    "kubernetes:core/v1:ConfigMap argocd-rbac-cm",
    "kubernetes:core/v1:Namespace namespace",
    "kubernetes:core/v1:Secret repository",
    "kubernetes:helm.sh/v3:Release argocd",
    "pulumi:providers:kubernetes cluster",
    "pulumi:providers:kubernetes cluster-owned",
  ]);
});

test("everything waits for what it needs: settings before Argo CD starts, CRDs before the root, the project before its Application", async () => {
  await make();
  const order = ["namespace", "argocd-cm", "argocd-rbac-cm", "argocd", "repository", "root-project", "root"];
  const waits = Object.fromEntries(order.map((name) => [name, options.get(name)?.dependsOn]));
  const settings = ["argocd-cm", "argocd-rbac-cm"];
  expect(waits).toEqual({
    namespace: [],
    "argocd-cm": ["namespace"],
    "argocd-rbac-cm": ["namespace"],
    argocd: ["namespace", ...settings],
    repository: ["namespace", ...settings, "argocd"],
    "root-project": ["namespace", ...settings, "argocd", "repository"],
    root: ["namespace", ...settings, "argocd", "repository", "root-project"],
  });
});

test("the documents are applied as they stand in the output folder", async () => {
  await make();
  expect(inputs("root")).toEqual(documents.root);
  expect(inputs("root-project")).toEqual(documents.project);
  for (const { metadata, data } of documents.settings) expect(inputs(metadata.name)).toMatchObject({ metadata, data });
});

test("Argo CD's chart has a fixed name and version, its own values, and no setting that Git keeps", async () => {
  await make();
  expect(inputs("argocd")).toMatchObject({
    name: "argocd",
    chart: "argo-cd",
    version: "10.9.5",
    namespace: "argocd",
    repositoryOpts: { repo: "https://argoproj.github.io/argo-helm" },
    values: {
      global: { image: { tag: "v3.5.3" } },
      configs: { cm: { create: false }, rbac: { create: false } },
      notifications: { cm: { create: true } },
      crds: { install: true, keep: true },
    },
  });
});

test("the settings are Git's from then on: no change of them is Pulumi's", async () => {
  await make();
  for (const name of ["argocd-cm", "argocd-rbac-cm"]) {
    expect(options.get(name)?.ignored).toEqual(["metadata", "data", "binaryData", "immutable"]);
  }
  expect(options.get("root")?.ignored).toEqual([]);
});

test("the password is a secret to Pulumi wherever it goes, and the rest of the Secret is plain", async () => {
  const unwrapped = new Map<string, unknown>();
  const { repositorySecret } = await import("../../lib/bootstrap/repository-secret.ts");
  const secret = repositorySecret(plain.repositoryAccess, { url: bookshop.repository.url, namespace: "argocd" });
  for (const [key, value] of Object.entries(fieldAt(secret, "data") as Record<string, pulumi.Input<string>>)) {
    unwrapped.set(key, pulumi.Output.isInstance(value) && (await pulumi.isSecret(pulumi.output(value))));
  }
  expect(Object.fromEntries(unwrapped)).toEqual({ type: false, url: false, username: false, password: true });
  await make();
  expect(JSON.stringify(registered.filter(({ name }) => name !== "repository"))).not.toContain("opensesame");
  expect(fieldAt(inputs("repository"), "metadata.labels", "argocd.argoproj.io/secret-type")).toBe("repository");
});

test("a repository that needs no Secret, or has one already, gets none", async () => {
  await make({ repositoryAccess: { kind: "public" } });
  expect(names()).not.toContain("repository");
  await make({ repositoryAccess: { kind: "existing-secret", name: "gitops" } });
  expect(names()).not.toContain("repository");
});

test("where Argo CD is there already, only what leads it to the repository is made", async () => {
  await make({ install: "none", settings: "leave" });
  expect(
    names()
      .filter((name) => !name.startsWith("cluster"))
      .sort(),
  ).toEqual(["central", "repository", "root", "root-project"]);
});

test("the kubeconfig's context is the configured one, and what is there already is only taken over where it is Pulumi's for good", async () => {
  await make({ kubeconfig: "/home/ada/.kube/bookshop" });
  const [cluster, owned] = registered
    .filter(({ type }) => type === "pulumi:providers:kubernetes")
    .map((provider) => provider.inputs as object);
  const shared = { context: "bookshop-eu", kubeconfig: "/home/ada/.kube/bookshop", clusterIdentifier: "eu" };
  expect(cluster).toMatchObject(shared);
  expect(cluster).not.toHaveProperty("upsertExistingObjects");
  expect(owned).toMatchObject({ ...shared, upsertExistingObjects: "true", enablePatchForce: "true" });
  const providers = Object.fromEntries(
    registered
      .filter(({ provider }) => provider !== undefined && provider !== "")
      .map(({ name, provider }) => [name, provider?.split("::").at(-2)]),
  );
  expect(providers).toMatchObject({
    namespace: "cluster",
    argocd: "cluster",
    "argocd-cm": "cluster",
    repository: "cluster-owned",
    root: "cluster-owned",
  });
});

test("nothing leaves the cluster without consent, and production's root cannot even be forgotten", async () => {
  await make();
  const objects = ["namespace", "argocd-cm", "argocd-rbac-cm", "argocd", "repository", "root-project", "root"];
  expect(objects.filter((name) => options.get(name)?.retained !== true)).toEqual([]);
  expect(objects.filter((name) => options.get(name)?.protect === true)).toEqual(["root"]);
});

test("a control plane without production may be forgotten", async () => {
  const { dev } = await import("../fixtures/bookshop/environments/dev/environment.ts");
  await make({ controlPlane: { ...central!, environments: [dev] } });
  expect(options.get("root")).toMatchObject({ protect: false, retained: true });
});

test("with consent everything is Pulumi's to delete", async () => {
  await make({ teardown: true });
  expect([...options].filter(([, { protect, retained }]) => protect || retained)).toEqual([]);
});
