import { type MutationOperator, ofKinds } from "./operator.ts";
import { below, change, get, isText, remove, set } from "./pointer.ts";

const syncWave = "/metadata/annotations/argocd.argoproj.io~1sync-wave";
const syncOptions = "/metadata/annotations/argocd.argoproj.io~1sync-options";

/** What Argo CD refuses, ignores or does to people's surprise. */
export const argocdOperators: readonly MutationOperator[] = [
  ofKinds("fix-the-replicas-of-an-autoscaled-workload", ["Deployment"], (draft) => {
    if (get(draft, "/spec/replicas") !== undefined) return false;
    set(draft, "/spec/replicas", 2);
    return true;
  }),
  ofKinds("choose-another-project", ["Application"], (draft) => change(draft, "/spec/project", isText, () => "default")),
  ofKinds("read-another-repository", ["Application"], (draft) =>
    change(draft, "/spec/source/repoURL", isText, (url) => url.replace("acme", "evil")),
  ),
  ofKinds("read-another-folder", ["Application"], (draft) => change(draft, "/spec/source/path", isText, (path) => `${path}-z`)),
  ofKinds("deploy-to-another-namespace", ["Application"], (draft) =>
    change(draft, "/spec/destination/namespace", isText, () => "kube-system"),
  ),
  ofKinds("deploy-to-another-cluster", ["Application"], (draft) =>
    change(draft, "/spec/destination/server", isText, () => "https://elsewhere.example"),
  ),
  ofKinds("misspell-a-sync-option", ["Application"], (draft) =>
    change(draft, "/spec/syncPolicy/syncOptions/0", isText, (option) => option.replace("=", "s=")),
  ),
  ofKinds("compare-by-a-sync-option", ["Application"], (draft) => {
    set(draft, "/spec/syncPolicy/syncOptions/0", "ServerSideDiff=true");
    return true;
  }),
  ofKinds("ignore-what-a-sync-undoes", ["Application"], (draft) => {
    set(draft, "/spec/ignoreDifferences", [{ group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] }]);
    return true;
  }),
  ofKinds("put-applications-into-waves", ["Application"], (draft) => {
    set(draft, syncWave, "3");
    return true;
  }),
  ofKinds("permit-no-source", ["AppProject"], (draft) => emptied(draft, "/spec/sourceRepos")),
  ofKinds("permit-no-destination", ["AppProject"], (draft) => emptied(draft, "/spec/destinations")),
  ofKinds("permit-no-cluster-kind", ["AppProject"], (draft) => emptied(draft, "/spec/clusterResourceWhitelist")),
  ofKinds("permit-no-namespaced-kind", ["AppProject"], (draft) => emptied(draft, "/spec/namespaceResourceWhitelist")),
  ofKinds("permit-any-source", ["AppProject"], (draft) => opened(draft, "/spec/sourceRepos", "*")),
  ofKinds("permit-any-destination", ["AppProject"], (draft) => opened(draft, "/spec/destinations", { server: "*", namespace: "*" })),
  ofKinds("permit-any-cluster-kind", ["AppProject"], (draft) => opened(draft, "/spec/clusterResourceWhitelist", { group: "*", kind: "*" })),
  ofKinds("lose-an-empty-list", ["AppProject"], (draft) => remove(draft, "/spec/namespaceResourceWhitelist")),
  ofKinds("let-an-application-set-delete", ["ApplicationSet"], (draft) => {
    set(draft, "/spec/syncPolicy/applicationsSync", "sync");
    return true;
  }),
  ofKinds("render-half-a-template", ["ApplicationSet"], (draft) => remove(draft, "/spec/goTemplateOptions")),
  ofKinds("leave-data-unprotected", ["Namespace", "StatefulSet", "PersistentVolumeClaim"], (draft) => remove(draft, syncOptions)),
  ofKinds("make-the-namespace-last", ["Namespace"], (draft) => {
    set(draft, syncWave, "5");
    return true;
  }),
  ofKinds("make-the-secret-last", ["ExternalSecret"], (draft, { owner }) => {
    if (!("system" in owner) || owner.system !== "inventory-system") return false;
    set(draft, syncWave, "5");
    return true;
  }),
  ofKinds("run-the-migration-before-the-sync", ["Job"], (draft) =>
    change(draft, "/metadata/annotations/argocd.argoproj.io~1hook", isText, () => "PreSync"),
  ),
  ofKinds("give-the-migration-an-image-of-its-own", ["Job"], (draft) =>
    change(draft, "/spec/template/spec/containers/0/image", isText, (image) =>
      image.replace(/sha256:../, "sha256:ff").replace(/:v/, ":v9"),
    ),
  ),
  {
    name: "track-it-in-the-file",
    mutate: (draft) => setAnnotation(draft, "argocd.argoproj.io~1tracking-id", "shop:apps/Deployment:shop/frontend"),
  },
  { name: "misspell-an-argocd-annotation", mutate: (draft) => setAnnotation(draft, "argocd.argoproj.io~1sync-wav", "1") },
  ofKinds("order-by-a-word", ["ConfigMap", "Deployment"], (draft) => setAnnotation(draft, "argocd.argoproj.io~1sync-wave", "first")),
  ofKinds("keep-a-status", ["Deployment", "Service"], (draft) => {
    set(draft, "/status", draft.kind === "Service" ? { loadBalancer: {} } : { replicas: 1 });
    return true;
  }),
];

function emptied(draft: Record<string, unknown>, pointer: string): boolean {
  if (below(draft, pointer).length === 0) return false;
  set(draft, pointer, []);
  return true;
}

function opened(draft: Record<string, unknown>, pointer: string, entry: unknown): boolean {
  set(draft, pointer, [...((get(draft, pointer) ?? []) as unknown[]), entry]);
  return true;
}

function setAnnotation(draft: Record<string, unknown>, key: string, value: string): boolean {
  set(draft, `/metadata/annotations/${key}`, value);
  return true;
}
