import type { Issue } from "../manifest/issue.ts";
import { objectName, type Manifest } from "../manifest/manifest.ts";
import { manifestPath } from "./layout-files.ts";

/**
 * Objects that want one and the same file: `Service account-catalogue` and `ServiceAccount catalogue`, or one name in two namespaces of a
 * unit. Upper and lower case count as one, as they do on the disks of macOS and Windows.
 *
 * @returns an issue per file, sorted by path
 */
export function findFileCollisions(manifests: readonly Manifest[]): Issue[] {
  const paths = new Set<string>();
  const shared = new Set<string>();
  for (const manifest of manifests) {
    const path = comparablePath(manifest);
    if (paths.has(path)) shared.add(path);
    paths.add(path);
  }
  return [...shared].sort().map((path) =>
    collision(
      path,
      manifests.filter((manifest) => comparablePath(manifest) === path),
    ),
  );
}

function comparablePath(manifest: Manifest): string {
  return manifestPath(manifest).toLowerCase();
}

function collision(path: string, sharers: readonly Manifest[]): Issue {
  const objects = sharers.map(({ document }) => `${objectName(document)} (${document.apiVersion})`).sort();
  return {
    severity: "error",
    rule: "file-name-collision",
    message: `the file '${path}' would hold ${objects.join(" and ")}`,
    hint: "give all but one of them another name",
    manifest: sharers.at(-1),
  };
}
