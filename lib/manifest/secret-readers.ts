import { entriesOf } from "./entries-of.ts";
import type { Manifest } from "./manifest.ts";
import {
  containersOf,
  type EnvDocument,
  type EnvFromDocument,
  type FilesReference,
  type ObjectReference,
  type PodSpecDocument,
  type ProjectedSource,
  type VolumeDocument,
  type VolumeMountDocument,
} from "./pod-spec.ts";
import type { WorkloadFact } from "./repository-facts.ts";

/** What a rotated Secret does to its reader: see {@link SecretReader}. */
export type RotationEffect = "restarts" | "file-updates" | "next-start" | "next-pull" | "at-once";

/** Something that reads a Secret, in one way. */
export interface SecretReader {
  readonly manifest: Manifest;
  readonly secret: string;
  /** As which variable, under which path, or what for. */
  readonly as: "environment" | "file" | "image-pull" | "certificate";
  /** The variable, or the path of the mount; none where all keys become variables, and for the other ways. */
  readonly name: string | undefined;
  readonly keys: readonly string[] | "all";
  /** Whether it starts without. */
  readonly optional: boolean;
  /**
   * `restarts`: Reloader rolls the Pods; `file-updates`: the file changes within a minute or so, and the program has to look; `next-start`: not before the
   * Pods start again; `next-pull`: not before the next image is pulled; `at-once`: whoever serves it follows.
   */
  readonly onRotation: RotationEffect;
}

/** The annotations that Reloader acts on, of those of Secrets. @see https://docs.stakater.com/reloader/ */
const reload = { named: "secret.reloader.stakater.com/reload", auto: ["reloader.stakater.com/auto", "secret.reloader.stakater.com/auto"] };

/** Every way in which the Pods of a workload read Secrets. */
export function secretReadersOf({ manifest, template }: WorkloadFact): SecretReader[] {
  const rolls = rolledBy(manifest.document.metadata.annotations ?? {}, template.metadata?.annotations ?? {});
  return readings(template.spec).map((reading) => ({
    ...reading,
    manifest,
    onRotation: reading.as !== "image-pull" && rolls(reading.secret) ? "restarts" : reading.onRotation,
  }));
}

type Reading = Omit<SecretReader, "manifest">;

function readings(pod: PodSpecDocument): Reading[] {
  const containers = containersOf(pod);
  const read: Reading[] = [];
  for (const { env, envFrom } of containers) {
    for (const { name, valueFrom } of entriesOf<EnvDocument>(env)) {
      const from = valueFrom?.secretKeyRef;
      if (from !== undefined) read.push({ ...variable(from), name, keys: [from.key] });
    }
    for (const { secretRef } of entriesOf<EnvFromDocument>(envFrom)) {
      if (secretRef !== undefined) read.push({ ...variable(secretRef), name: undefined, keys: "all" });
    }
  }
  for (const volume of entriesOf<VolumeDocument>(pod.volumes)) {
    const mounts = containers.flatMap(({ volumeMounts }) =>
      entriesOf<VolumeMountDocument>(volumeMounts).filter(({ name }) => name === volume.name),
    );
    for (const files of filesOf(volume)) for (const mount of mounts) read.push(file(files, mount));
  }
  for (const { name: secret } of entriesOf<ObjectReference>(pod.imagePullSecrets)) {
    read.push({ secret, as: "image-pull", name: undefined, keys: "all", optional: false, onRotation: "next-pull" });
  }
  // containers of a Pod often read the same thing
  return [...new Map(read.map((reading) => [JSON.stringify(reading), reading])).values()];
}

function variable({ name, optional }: ObjectReference): Pick<Reading, "secret" | "as" | "optional" | "onRotation"> {
  return { secret: name, as: "environment", optional: optional === true, onRotation: "next-start" };
}

function filesOf({ secret, projected }: VolumeDocument): FilesReference[] {
  const own = secret === undefined ? [] : [{ ...secret, name: secret.secretName }];
  return [...own, ...entriesOf<ProjectedSource>(projected?.sources).flatMap((source) => source.secret ?? [])];
}

function file({ name, items, optional }: FilesReference, { mountPath, subPath, subPathExpr }: VolumeMountDocument): Reading {
  const keys = items === undefined ? "all" : entriesOf<{ readonly key: string }>(items).map(({ key }) => key);
  // the kubelet never looks at a sub-path again
  const onRotation = subPath === undefined && subPathExpr === undefined ? "file-updates" : "next-start";
  return { secret: name, as: "file", name: mountPath, keys, optional: optional === true, onRotation };
}

function rolledBy(...places: readonly Readonly<Record<string, string>>[]): (secret: string) => boolean {
  const all = places.some((annotations) => reload.auto.some((key) => annotations[key] === "true"));
  const named = new Set(places.flatMap((annotations) => (annotations[reload.named] ?? "").split(",").map((name) => name.trim())));
  return (secret) => all || named.has(secret);
}
