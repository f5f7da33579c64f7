import { entriesOf } from "../../manifest/entries-of.ts";
import type { WrittenContainer, WrittenPod } from "../../manifest/written-pod.ts";
import type { PodReport } from "./pod-report.ts";
import { repeated } from "./repeated.ts";

interface Named {
  readonly name?: string;
}

interface Mounted {
  readonly mountPath?: string;
  readonly devicePath?: string;
}

const hint = "give each a name of its own, or take one out";

/** Names that must be unique in a Pod or container, and are not. */
export function reportRepeatedNames(pod: WrittenPod, containers: readonly WrittenContainer[], report: PodReport): void {
  for (const name of repeated(containers, nameOf)) report(`has two containers '${name}'`, hint);
  for (const name of repeated(entriesOf(pod.volumes), nameOf)) report(`has two volumes '${name}'`, hint);
  for (const container of containers) reportRepeatedParts(container, report);
}

function reportRepeatedParts({ name: container, ports, env, volumeMounts, volumeDevices }: WrittenContainer, report: PodReport): void {
  const says = (kind: string, name: string): void => {
    report(`container '${container}' has two ${kind} '${name}'`, hint);
  };
  for (const name of repeated(entriesOf(ports), nameOf)) says("ports", name);
  for (const name of repeated(entriesOf(env), nameOf)) says("variables", name);
  const mounted: readonly Mounted[] =
    volumeDevices === undefined ? entriesOf(volumeMounts) : [...entriesOf(volumeMounts), ...entriesOf(volumeDevices)];
  for (const path of repeated(mounted, pathOf)) says("mounts at", path);
}

function nameOf({ name }: Named): string | undefined {
  return name;
}

function pathOf({ mountPath, devicePath }: Mounted): string | undefined {
  return mountPath ?? devicePath;
}
