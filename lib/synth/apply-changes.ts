import type { OutputFolder } from "./output-folder.ts";
import { markerPath, type ChangePlan } from "./plan-changes.ts";

/** How many files a run touched, and how many it left alone. */
export interface ChangeCounts {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

/**
 * Stage 7 of the line, and the only writer: the marker first, so that a killed run has left a folder that the next one may repair; then
 * deletes, which make room where a file stands in a folder's place or a folder in a file's; then writes. An update is done whole or not at all; of a
 * new file a kill may leave a part, which the next run finds different from what is wanted.
 */
export function applyChanges(plan: ChangePlan, folder: OutputFolder): ChangeCounts {
  const deletes = plan.changes.filter(({ kind }) => kind === "delete").map(({ path }) => path);
  const isInMarkersPlace = (path: string): boolean => path.startsWith(`${markerPath}/`);

  for (const path of plan.emptyFolders) folder.removeEmptyFolder(path);
  removeFiles(deletes.filter(isInMarkersPlace), folder);
  writeFiles(plan, folder, (path) => path === markerPath);
  removeFiles(
    deletes.filter((path) => !isInMarkersPlace(path)),
    folder,
  );
  writeFiles(plan, folder, (path) => path !== markerPath);

  return {
    created: plan.changes.filter(({ kind }) => kind === "create").length,
    updated: plan.changes.filter(({ kind }) => kind === "update").length,
    deleted: deletes.length,
    unchanged: plan.unchanged,
  };
}

function removeFiles(paths: readonly string[], folder: OutputFolder): void {
  for (const path of paths) folder.remove(path);
  for (const parent of new Set(paths.map((path) => path.slice(0, Math.max(0, path.lastIndexOf("/")))))) folder.removeEmptyFolder(parent);
}

function writeFiles(plan: ChangePlan, folder: OutputFolder, isDue: (path: string) => boolean): void {
  for (const change of plan.changes) {
    if (change.kind !== "delete" && isDue(change.path)) folder.write(change.path, change.content, change.kind === "create");
  }
}
