import { parseAllDocuments } from "yaml";
import type { GitRepository } from "../git/git-repository.ts";
import { readBlobs } from "../git/read-blobs.ts";
import { groupKind, type KubernetesObject, objectName } from "../manifest/manifest.ts";

/** What is asked of the clone. */
export type ObjectGit = Pick<GitRepository, "files" | "folder">;

/** Some units of a system in an environment, on whatever clusters. */
export interface Units {
  /** The folder that everything is written to: `dist`. */
  readonly output: string;
  readonly environment: string;
  readonly system: string;
  /** Their names. */
  readonly names: ReadonlySet<string>;
}

/** An object that stood in Git. */
export interface UnitObject {
  readonly unit: string;
  readonly document: KubernetesObject;
  /** With the cluster where there are several: `Deployment shop-dev/frontend`. */
  readonly name: string;
}

/** The folders of units at a commit: `dist/dev/main/shop/frontend`. */
export function unitFolders(git: Pick<GitRepository, "files">, revision: string, units: Units): string[] {
  const folders = git.files(revision, `${units.output}/${units.environment}`).map(({ path }) => folderOf(path));
  return [...new Set(folders)].filter((folder) => {
    const [, system, unit] = folder.slice(`${units.output}/${units.environment}/`.length).split("/");
    return system === units.system && unit !== undefined && units.names.has(unit);
  });
}

/** Every object of some units at a commit, by what it is. */
export function unitObjects(git: ObjectGit, revision: string, units: Units): ReadonlyMap<string, UnitObject> {
  const folders = new Set(unitFolders(git, revision, units));
  const clusters = new Set([...folders].map((folder) => clusterOf(folder, units)));
  const objects = new Map<string, UnitObject>();
  const files = git
    .files(revision, `${units.output}/${units.environment}`)
    .filter(({ path }) => path.endsWith(".yaml") && folders.has(folderOf(path)));
  const texts = readBlobs(
    git,
    files.map(({ blob }) => blob),
  );
  for (const { path, blob } of files) {
    const folder = folderOf(path);
    const cluster = clusterOf(folder, units);
    for (const document of parseAllDocuments(texts.get(blob) ?? "").map((parsed) => parsed.toJS() as KubernetesObject | null)) {
      if (document?.metadata === undefined) continue;
      const name = objectName(document);
      objects.set(`${cluster} ${groupKind(document)} ${name}`, {
        unit: folder.slice(folder.lastIndexOf("/") + 1),
        document,
        name: clusters.size > 1 ? `${name} on ${cluster}` : name,
      });
    }
  }
  return objects;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function clusterOf(folder: string, { output, environment }: Units): string {
  return folder.slice(`${output}/${environment}/`.length).split("/")[0] ?? "";
}
