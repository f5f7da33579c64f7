import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import type { WrittenContainer, WrittenPod } from "../../manifest/written-pod.ts";
import type { PodReport } from "./pod-report.ts";

/** Volumes and variables that come from more than one thing, or from none. */
export function reportSources(pod: WrittenPod, containers: readonly WrittenContainer[], report: PodReport): void {
  for (const volume of entriesOf(pod.volumes)) {
    // without any it is an emptyDir
    const keys = Object.keys(volume);
    if (keys.length < 3) continue;
    const sources = keys.filter((key) => key !== "name");
    if (sources.length > 1) report(`volume '${volume.name}' comes from ${sources.join(" and ")}`, "make a volume of each");
  }
  for (const container of containers) reportVariables(container, report);
}

function reportVariables({ name: container, env, envFrom }: WrittenContainer, report: PodReport): void {
  for (const { name, value, valueFrom } of entriesOf(env)) {
    if (valueFrom === undefined) continue;
    const sources = Object.keys(fieldsOf(valueFrom));
    if (value !== undefined && value !== "") sources.unshift("value");
    reportCount(`variable '${name}' of container '${container}'`, sources, "say either value or one source under valueFrom", report);
  }
  for (const source of entriesOf(envFrom)) {
    const sources = Object.keys(source).filter((key) => key !== "prefix");
    reportCount(`an entry of envFrom of container '${container}'`, sources, "say one of configMapRef or secretRef in each entry", report);
  }
}

function reportCount(says: string, sources: readonly string[], hint: string, report: PodReport): void {
  if (sources.length === 0) report(`${says} comes from nothing`, hint);
  else if (sources.length > 1) report(`${says} comes from ${sources.join(" and ")}`, hint);
}
