import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Folders of the wrapper modules: a go.mod, and the go.sum that makes a build the same everywhere. */
export const modulesFolder = resolve(import.meta.dirname, "../modules");

const argocdModule = "github.com/argoproj/argo-cd/v3";

/** The version of what is said here about building; another one rebuilds everything. */
export const recipeSchema = 1;

/** Set for every build, and nothing of the person's own. */
export const goEnvironment = {
  CGO_ENABLED: "0",
  GOFLAGS: "-mod=readonly -trimpath -buildvcs=false",
  // a test does not fetch another compiler; an installed one that is too old is said
  GOTOOLCHAIN: "local",
  GOWORK: "off",
};

/** What is made of one wrapper module. */
export interface ModuleRecipe {
  /** Its folder's name. */
  readonly name: "kube" | "argocd" | "tools" | "crds" | "pulumi" | "kubeseal" | "registry";
  /** What a person is told. */
  readonly title: string;
  /** Variables set at link time: what a program says its version is. `undefined`: nothing is compiled. */
  readonly variables: Readonly<Record<string, string>> | undefined;
  /** Go's name of a program, where it is not what it is called. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Other names of a program. */
  readonly links?: Readonly<Record<string, readonly string[]>>;
  /** Shell scripts that come with it. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** Files and folders copied out of modules. */
  readonly copies?: readonly { readonly module: string; readonly paths: readonly string[] }[];
}

/** The version that a wrapper module requires of a Go module, without its `v`. */
function requiredVersion(name: ModuleRecipe["name"], module: string): string {
  const version = goMod(name)
    .split("\n")
    .map((line) => line.trim().split(" "))
    .find(([path, required]) => path === module && required?.startsWith("v"))?.[1];
  if (version === undefined) throw new Error(`test/e2e/modules/${name}/go.mod does not require ${module}`);
  return version.slice(1);
}

/** The version of Argo CD that is built, and that another cluster's is compared with, "3.5.3". */
export function argocdVersion(): string {
  return requiredVersion("argocd", argocdModule);
}

/** The version of Go that a wrapper module needs at least, "1.26.3". */
export function requiredGo(name: ModuleRecipe["name"]): string {
  return /^go (\S+)$/m.exec(goMod(name))?.[1] ?? "1.26";
}

/** All recipes, in the order of building; command lines that only tests call where they are wanted. */
export function moduleRecipes(options: {
  readonly pulumi: boolean;
  readonly kubeseal?: boolean;
  readonly registry?: boolean;
}): readonly ModuleRecipe[] {
  return [
    ...[kube(), argocd(), tools(), crds],
    ...(options.pulumi ? [pulumi()] : []),
    ...(options.kubeseal === true ? [kubeseal()] : []),
    ...(options.registry === true ? [registry()] : []),
  ];
}

function kube(): ModuleRecipe {
  const version = requiredVersion("kube", "k8s.io/kubernetes");
  const [major = "", minor = ""] = version.split(".");
  const variables = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((path) =>
    Object.entries({ gitVersion: `v${version}`, gitMajor: major, gitMinor: minor, gitTreeState: "clean", gitCommit: "e2e" }).map(
      ([name, value]) => [`${path}.${name}`, value] as const,
    ),
  );
  const stages = "kustomize/stage";
  return {
    name: "kube",
    title: `Kubernetes ${version}, etcd, KWOK`,
    variables: Object.fromEntries([...variables, ["k8s.io/component-base/version.buildDate", "1970-01-01T00:00:00Z"]]),
    rename: { server: "etcd" },
    copies: [
      {
        module: "sigs.k8s.io/kwok",
        paths: [
          `${stages}/node/fast/node-initialize.yaml`,
          `${stages}/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml`,
          ...["ready", "complete", "delete"].map((name) => `${stages}/pod/fast/pod-${name}.yaml`),
          ...["pvc-provision", "pvc-delete", "pv-bind", "pv-delete", "storage-class"].map((name) => `${stages}/volume/fast/${name}.yaml`),
        ],
      },
    ],
  };
}

function argocd(): ModuleRecipe {
  const version = argocdVersion();
  const values = { version, gitTag: `v${version}`, gitTreeState: "clean", gitCommit: "e2e", buildDate: "1970-01-01T00:00:00Z" };
  return {
    name: "argocd",
    title: `Argo CD ${version}`,
    variables: Object.fromEntries(Object.entries(values).map(([name, value]) => [`${argocdModule}/common.${name}`, value])),
    rename: { cmd: "argocd" },
    // one program, which acts by the name it is called
    links: {
      argocd: ["server", "repo-server", "application-controller", "applicationset-controller", "notifications"].map(
        (name) => `argocd-${name}`,
      ),
    },
    // the repo-server calls it for every manifest, and refuses all of them where it is not
    scripts: { "git-verify-wrapper.sh": "#!/bin/sh\nexit 0\n" },
    copies: [{ module: argocdModule, paths: ["manifests/install.yaml"] }],
  };
}

/** What Argo CD calls to render Helm charts and kustomizations. */
function tools(): ModuleRecipe {
  return {
    name: "tools",
    title: "Helm and Kustomize",
    variables: {
      "helm.sh/helm/v4/internal/version.version": `v${requiredVersion("tools", "helm.sh/helm/v4")}`,
      "sigs.k8s.io/kustomize/api/provenance.version": `v${requiredVersion("tools", "sigs.k8s.io/kustomize/kustomize/v5")}`,
    },
  };
}

const crds: ModuleRecipe = {
  name: "crds",
  title: "CustomResourceDefinitions",
  variables: undefined,
  copies: [
    { module: "github.com/bitnami-labs/sealed-secrets", paths: ["helm/sealed-secrets/crds"] },
    { module: "github.com/external-secrets/external-secrets", paths: ["config/crds/bases"] },
    { module: "github.com/kyverno/kyverno", paths: ["config/crds/policies.kyverno.io"] },
    { module: "github.com/prometheus-operator/prometheus-operator", paths: ["example/prometheus-operator-crd"] },
    {
      module: "github.com/sigstore/policy-controller",
      paths: ["config/300-clusterimagepolicy.yaml", "config/300-trustroot.yaml"],
    },
    { module: "istio.io/api", paths: ["kubernetes/customresourcedefinitions.gen.yaml"] },
    { module: "sigs.k8s.io/gateway-api", paths: ["config/crd/standard"] },
  ],
};

function pulumi(): ModuleRecipe {
  const version = requiredVersion("pulumi", "github.com/pulumi/pulumi/pkg/v3");
  return {
    name: "pulumi",
    title: `Pulumi ${version}`,
    variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${version}` },
  };
}

/** What our sealed values are compared with. */
function kubeseal(): ModuleRecipe {
  const version = requiredVersion("kubeseal", "github.com/bitnami-labs/sealed-secrets");
  return { name: "kubeseal", title: `kubeseal ${version}`, variables: { "main.VERSION": `v${version}` } };
}

/** Who is asked for digests. */
function registry(): ModuleRecipe {
  const module = "github.com/distribution/distribution/v3";
  const version = requiredVersion("registry", module);
  return { name: "registry", title: `Distribution ${version}`, variables: { [`${module}/version.version`]: `v${version}` } };
}

function goMod(name: string): string {
  return readFileSync(join(modulesFolder, name, "go.mod"), "utf8");
}
