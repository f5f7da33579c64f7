import type { ApplicationProps } from "../../lib/argocd/application.ts";
import type { AppProjectProps } from "../../lib/argocd/app-project.ts";

export const byServer: ApplicationProps["destination"] = { server: "https://kubernetes.default.svc", namespace: "bookshop-dev" };
export const byName: ApplicationProps["destination"] = { name: "eu", namespace: "bookshop-dev" };

// @ts-expect-error: a cluster is named by its server or by its name, never both
export const both: ApplicationProps["destination"] = { server: "https://kubernetes.default.svc", name: "eu", namespace: "bookshop-dev" };

// @ts-expect-error: objects that name no namespace must land somewhere
export const nowhere: ApplicationProps["destination"] = { name: "eu" };

// @ts-expect-error: annotation values are text
export const wave: ApplicationProps["annotations"] = { "argocd.argoproj.io/sync-wave": 1 };

// @ts-expect-error: an absent namespaceResourceWhitelist would permit all
export const unfenced: AppProjectProps = {
  name: "bookshop-dev",
  sourceRepos: [],
  destinations: [],
  clusterResourceWhitelist: [],
  argocdVersion: "3.5.3",
};
