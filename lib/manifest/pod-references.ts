import { entriesOf } from "./entries-of.ts";
import {
  containersOf,
  type EnvDocument,
  type EnvFromDocument,
  type FilesReference,
  type KeyReference,
  type ObjectReference,
  type PodSpecDocument,
  type ProjectedSource,
  type VolumeDocument,
} from "./pod-spec.ts";

/** A Secret or ConfigMap that a Pod reads, whole or one key of it. */
export interface PodReference {
  readonly kind: "Secret" | "ConfigMap";
  readonly name: string;
  /** `undefined`: the Pod reads it whole. */
  readonly key: string | undefined;
  /** Whether the Pod starts without it. */
  readonly optional: boolean;
}

/** Every Secret and ConfigMap that a Pod reads, each once: environment variables, volumes and Secrets for pulling images. */
export function podReferences(pod: PodSpecDocument): PodReference[] {
  const references: PodReference[] = [];
  for (const container of containersOf(pod)) {
    for (const { valueFrom } of entriesOf<EnvDocument>(container.env)) {
      if (valueFrom === undefined) continue;
      addKey(references, "Secret", valueFrom.secretKeyRef);
      addKey(references, "ConfigMap", valueFrom.configMapKeyRef);
    }
    for (const source of entriesOf<EnvFromDocument>(container.envFrom)) {
      addFiles(references, "Secret", source.secretRef);
      addFiles(references, "ConfigMap", source.configMapRef);
    }
  }
  for (const { secret, configMap, projected } of entriesOf<VolumeDocument>(pod.volumes)) {
    if (secret !== undefined) addFiles(references, "Secret", { ...secret, name: secret.secretName });
    addFiles(references, "ConfigMap", configMap);
    for (const source of entriesOf<ProjectedSource>(projected?.sources)) {
      addFiles(references, "Secret", source.secret);
      addFiles(references, "ConfigMap", source.configMap);
    }
  }
  for (const secret of entriesOf<ObjectReference>(pod.imagePullSecrets)) addFiles(references, "Secret", secret);
  return references;
}

function addKey(references: PodReference[], kind: PodReference["kind"], reference: KeyReference | undefined): void {
  if (reference !== undefined) add(references, { kind, name: reference.name, key: reference.key, optional: reference.optional === true });
}

function addFiles(references: PodReference[], kind: PodReference["kind"], reference: FilesReference | undefined): void {
  if (reference === undefined) return;
  const optional = reference.optional === true;
  add(references, { kind, name: reference.name, key: undefined, optional });
  for (const { key } of entriesOf<{ readonly key: string }>(reference.items))
    add(references, { kind, name: reference.name, key, optional });
}

/** Containers of a Pod often read the same thing; where one of them can do without and another cannot, both stay. */
function add(references: PodReference[], { kind, name, key, optional }: PodReference): void {
  if (typeof name !== "string") return;
  for (const known of references) {
    if (known.name === name && known.key === key && known.kind === kind && known.optional === optional) return;
  }
  references.push({ kind, name, key, optional });
}
