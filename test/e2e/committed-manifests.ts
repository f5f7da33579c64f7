import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import type { KubernetesObject } from "../../lib/manifest/manifest.ts";

/** A generated file, as Argo CD reads it. */
export interface CommittedManifest {
  /** From the project's folder. */
  readonly path: string;
  readonly document: KubernetesObject;
}

/** Every generated file of a project, by path. */
export function committedManifests(project: string, folder = "dist"): CommittedManifest[] {
  return readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(project, file), document: parse(readFileSync(file, "utf8")) as KubernetesObject }));
}
