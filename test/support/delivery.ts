import { namespacedKinds } from "../../lib/manifest/namespaced-kinds.ts";
import type { Manifest, ObjectMetadata, Owner } from "../../lib/manifest/manifest.ts";
import { manifest } from "./manifests.ts";

/** What the root of `dev` watches, on the control plane of `bookshopWorld`. */
export const devDelivery: Owner = { scope: "delivery", controlPlane: "central", group: "dev", environment: "dev" };

/** What the root watches. */
export const rootDelivery: Owner = { scope: "control-plane", controlPlane: "central" };

/** What is applied once. */
export const bootstrap: Owner = { scope: "bootstrap", controlPlane: "central" };

/** The repository of `bookshopWorld`. */
export const repositoryUrl = "https://git.example/bookshop.git";

/** The cluster of `dev` in `bookshopWorld`. */
export const devServer = "https://dev-eu.example";

/** The Application of the whole system `bookshop` in `dev`, unless it says otherwise. */
export function application(spec: object = {}, metadata: Partial<ObjectMetadata> = {}, owner: Owner = devDelivery): Manifest {
  return manifest(
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name: "bookshop-dev", namespace: "argocd", ...metadata },
      spec: {
        project: "bookshop-dev",
        source: { repoURL: repositoryUrl, targetRevision: "main", path: "dist/dev/dev-eu/bookshop", directory: { recurse: true } },
        destination: { server: devServer, namespace: "bookshop-dev" },
        ...spec,
      },
    },
    owner,
  );
}

/** Its AppProject, which permits exactly what it needs for a Namespace and namespaced objects. */
export function project(spec: object = {}, metadata: Partial<ObjectMetadata> = {}, owner: Owner = devDelivery): Manifest {
  return manifest(
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name: "bookshop-dev", namespace: "argocd", ...metadata },
      spec: {
        sourceRepos: [repositoryUrl],
        destinations: [{ server: devServer, namespace: "bookshop-dev" }],
        clusterResourceWhitelist: [{ group: "", kind: "Namespace", name: "bookshop-dev" }],
        namespaceResourceWhitelist: namespacedKinds,
        ...spec,
      },
    },
    owner,
  );
}
