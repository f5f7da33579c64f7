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
  const byPath = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const path = manifestPath(manifest).toLowerCase();
    const others = byPath.get(path);
    if (others === undefined) byPath.set(path, [manifest]);
    else others.push(manifest);
  }
  return [...byPath]
    .filter(([, sharers]) => sharers.length > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, sharers]) => collision(path, sharers));
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
