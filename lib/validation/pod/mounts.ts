import { entriesOf } from "../../manifest/entries-of.ts";
import type { VolumeMountDocument } from "../../manifest/pod-spec.ts";
import type { WrittenContainer } from "../../manifest/written-pod.ts";
import { missingHint } from "../missing-hint.ts";
import type { PodReport } from "./pod-report.ts";

/** Mounts of volumes that the Pod has not, and paths that lead out of a volume. @param volumes - their names */
export function reportMounts(container: WrittenContainer, volumes: readonly string[], report: PodReport): void {
  const missing: string[] = [];
  const look = (name: string): void => {
    if (typeof name === "string" && !volumes.includes(name) && !missing.includes(name)) missing.push(name);
  };
  for (const mount of entriesOf(container.volumeMounts)) {
    look(mount.name);
    reportPaths(container, mount, report);
  }
  for (const { name } of entriesOf(container.volumeDevices)) look(name);
  for (const name of missing) {
    report(
      `container '${container.name}' mounts volume '${name}', which the Pod has not`,
      missingHint("add it under volumes", name, volumes),
    );
  }
}

function reportPaths({ name }: WrittenContainer, { mountPath, subPath, subPathExpr }: VolumeMountDocument, report: PodReport): void {
  for (const path of [subPath, subPathExpr]) {
    if (typeof path !== "string" || !(path.startsWith("/") || path.split("/").includes(".."))) continue;
    report(
      `container '${name}' mounts '${path}' of a volume at '${mountPath}'`,
      "a path inside a volume has no '..' and does not begin with '/'",
    );
  }
  if (subPath !== undefined && subPathExpr !== undefined) {
    report(`container '${name}' has a subPath and a subPathExpr for '${mountPath}'`, "take one of the two out");
  }
}
