import type { Owner } from "./manifest.ts";

/**
 * The folders of `dist/`, each spelled once: files are written where Applications read them. All arguments are names; a placeholder of an
 * ApplicationSet's template does as well.
 */
export const distPaths = {
  /** A system in an environment on a cluster; its units lie below. */
  system: (environment: string, cluster: string, system: string): string => `${environment}/${cluster}/${system}`,
  /** A unit of a system. */
  unit: (environment: string, cluster: string, system: string, unit: string): string => `${environment}/${cluster}/${system}/${unit}`,
  /** A unit of a cluster-wide system. */
  clusterUnit: (cluster: string, unit: string): string => `clusters/${cluster}/${unit}`,
  /** What is applied once. */
  bootstrap: (controlPlane: string): string => `bootstrap/${controlPlane}`,
  /** What the root watches. */
  controlPlane: (controlPlane: string): string => `argocd/${controlPlane}`,
  /** What the root of an environment, or of the platform, watches. */
  delivery: (controlPlane: string, group: string): string => `argocd/${controlPlane}/${group}`,
  /** What ApplicationSets will make. */
  expanded: (controlPlane: string, environment: string): string => `expanded/${controlPlane}/${environment}`,
};

/** The folder of `dist/` that an owner's objects lie in, or below. */
export function folderOf(owner: Owner): string {
  switch (owner.scope) {
    case "environment":
      return distPaths.unit(owner.environment, owner.cluster, owner.system, owner.unit);
    case "cluster":
      return distPaths.clusterUnit(owner.cluster, owner.unit);
    case "bootstrap":
      return distPaths.bootstrap(owner.controlPlane);
    case "control-plane":
      return distPaths.controlPlane(owner.controlPlane);
    case "delivery":
      return distPaths.delivery(owner.controlPlane, owner.group);
    case "expanded":
      return distPaths.expanded(owner.controlPlane, owner.environment);
  }
}

/** The environment that a path under `dist/` belongs to; whatever else stands at the top is its own name. */
export function environmentOfPath(path: string): string | undefined {
  const [top, , third, ...below] = path.split("/");
  if (top === "argocd" || top === "expanded") return below.length > 0 ? third : undefined;
  return top;
}

/**
 * What of a system the folder of an Application holds: all units (`unit` is `undefined`), or the one whose folder it is.
 *
 * @param folder - from the repository's root, wherever in it the output lies
 * @returns `undefined` where the folder is none of this system in this environment
 */
export function heldUnits(folder: string, environment: string, system: string): { readonly unit: string | undefined } | undefined {
  const [last, parent, second, third] = folder.split("/").reverse();
  if (parent === system && third === environment) return { unit: last };
  return last === system && second === environment ? { unit: undefined } : undefined;
}
