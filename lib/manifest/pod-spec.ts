import { entriesOf } from "./entries-of.ts";
import type { KubernetesObject } from "./manifest.ts";

/** The parts of a rendered container that rules read. @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container */
export interface ContainerDocument {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly ContainerPort[];
  readonly env?: readonly EnvDocument[];
  readonly envFrom?: readonly EnvFromDocument[];
  readonly volumeMounts?: readonly VolumeMountDocument[];
  readonly volumeDevices?: readonly { readonly name: string; readonly devicePath: string }[];
  readonly livenessProbe?: ProbeDocument;
  readonly readinessProbe?: ProbeDocument;
  readonly startupProbe?: ProbeDocument;
  /** `Always` on an init container: it goes on running beside the others. */
  readonly restartPolicy?: string;
}

/** An environment variable of a container. */
export interface EnvDocument {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: EnvValueFromDocument;
}

/** A Secret or ConfigMap whose keys become environment variables. */
export interface EnvFromDocument {
  readonly secretRef?: ObjectReference;
  readonly configMapRef?: ObjectReference;
}

/** Where a container sees a volume. */
export interface VolumeMountDocument {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly subPathExpr?: string;
}

/** A port that a container says it serves. */
export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
}

/** The ports that a probe may ask, by name or number. */
export interface ProbeDocument {
  readonly httpGet?: { readonly port: string | number };
  readonly tcpSocket?: { readonly port: string | number };
}

interface EnvValueFromDocument {
  readonly secretKeyRef?: KeyReference;
  readonly configMapKeyRef?: KeyReference;
}

/** A Secret or ConfigMap that a Pod reads whole. */
export interface ObjectReference {
  readonly name: string;
  readonly optional?: boolean;
}

/** One key of a Secret or ConfigMap that a Pod reads. */
export interface KeyReference extends ObjectReference {
  readonly key: string;
}

/** A Secret or ConfigMap whose keys become files: all of them, or those of `items`. */
export interface FilesReference extends ObjectReference {
  readonly items?: readonly { readonly key: string }[];
}

/** The parts of a rendered Pod spec that rules read. */
export interface PodSpecDocument {
  readonly containers: readonly ContainerDocument[];
  readonly initContainers?: readonly ContainerDocument[];
  readonly serviceAccountName?: string;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly volumes?: readonly VolumeDocument[];
}

/** A volume of a Pod, as far as it holds a Secret, a ConfigMap or a claim. */
export interface VolumeDocument {
  readonly name: string;
  readonly secret?: { readonly secretName: string; readonly optional?: boolean; readonly items?: readonly { readonly key: string }[] };
  readonly configMap?: FilesReference;
  readonly projected?: { readonly sources?: readonly ProjectedSource[] };
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

/** One of the things that a projected volume puts together. */
export interface ProjectedSource {
  readonly secret?: FilesReference;
  readonly configMap?: FilesReference;
}

/** A Pod template inside a rendered workload. */
export interface PodTemplateDocument {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: PodSpecDocument;
}

/** The Pod template of a workload of any built-in kind; `undefined` for every other kind, and where it has no spec. */
export function podTemplateOf(document: KubernetesObject): PodTemplateDocument | undefined {
  const template = templateOf(document);
  return typeof (template?.spec ?? undefined) === "object" ? template : undefined;
}

function templateOf(document: KubernetesObject): PodTemplateDocument | undefined {
  switch (document.kind) {
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "ReplicaSet":
    case "Job":
      return (document.spec as { template?: PodTemplateDocument } | undefined)?.template;
    case "CronJob":
      return (document.spec as { jobTemplate?: { spec?: { template?: PodTemplateDocument } } } | undefined)?.jobTemplate?.spec?.template;
    case "Pod":
      return { metadata: document.metadata, spec: document.spec as PodSpecDocument };
    default:
      return undefined;
  }
}

/** Every container of a Pod, init containers included. */
export function containersOf({ containers, initContainers }: PodSpecDocument): readonly ContainerDocument[] {
  return joined(entriesOf<ContainerDocument>(containers), entriesOf<ContainerDocument>(initContainers));
}

/** The containers that run while a Pod does: its containers, and init containers that go on running beside them. */
export function runningContainersOf({ containers, initContainers }: PodSpecDocument): readonly ContainerDocument[] {
  const sidecars = entriesOf<ContainerDocument>(initContainers).filter(({ restartPolicy }) => restartPolicy === "Always");
  return joined(entriesOf<ContainerDocument>(containers), sidecars);
}

/** The ports that a Pod says it serves while it runs: those of its containers, and of init containers that go on running beside them. */
export function portsOf(pod: PodSpecDocument): readonly ContainerPort[] {
  let ports: readonly ContainerPort[] = [];
  for (const container of runningContainersOf(pod)) ports = joined(ports, entriesOf<ContainerPort>(container.ports));
  return ports;
}

/** Most often one of the two is empty, and the other need not be copied. */
function joined<T>(first: readonly T[], second: readonly T[]): readonly T[] {
  if (second.length === 0) return first;
  return first.length === 0 ? second : [...first, ...second];
}
