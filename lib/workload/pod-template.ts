import type { k8s } from "cdk8s-plus-28";
import { requireName } from "../definition/name.ts";
import type { UnitContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { annotation } from "../manifest/labels.ts";
import type { Track } from "../traffic/canary-routing.ts";
import { type ContainerProps, type FurtherContainerProps, type InitContainerProps, toKubernetesContainer } from "./container.ts";
import type { PodConfig, PodConfigProps } from "./pod-config.ts";
import { podLabels, selectorLabels } from "./pod-labels.ts";
import { type SchedulingProps, toKubernetesScheduling } from "./scheduling.ts";
import { restrictedPod, type SecurityExemption } from "./security-exemption.ts";
import type { ServiceAccountProps } from "./service-account.ts";
import { toKubernetesVolume, type Volume } from "./volume.ts";

/** What every kind of workload can say of its Pods; the main container's props stand at the top level. */
export interface PodProps extends ContainerProps, SchedulingProps, PodConfigProps {
  /** Containers beside the main one, by name; each has a pin `<system>/<service>:<container>`. @default none */
  readonly containers?: Readonly<Record<string, FurtherContainerProps>>;
  /** Containers that run before, in the order given. @default none */
  readonly initContainers?: Readonly<Record<string, InitContainerProps>>;
  /** Volumes by name. @default none */
  readonly volumes?: Readonly<Record<string, Volume>>;
  /** @default an own account without annotations and without a token */
  readonly serviceAccount?: ServiceAccountProps;
  /** The user that the containers run as. @default the image's own, which must not be root */
  readonly runAsUser?: number;
  /** @default the image's own */
  readonly runAsGroup?: number;
  /** The group that owns mounted volumes. @default none */
  readonly fsGroup?: number;
  /** @default none: the restricted Pod Security Standard holds */
  readonly securityExemption?: SecurityExemption;
  /** Names of Secrets of type kubernetes.io/dockerconfigjson. @default none */
  readonly imagePullSecrets?: readonly string[];
  /** Seconds between the signal and the kill. @default 30 */
  readonly terminationGracePeriodSeconds?: number;
  /** @default none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** @default none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** What a workload adds to what its author wrote. */
export interface PodTemplateOptions {
  readonly context: UnitContext;
  /** What the Pods are known by, also the main container's name. */
  readonly name: string;
  readonly track?: Track;
  readonly config?: PodConfig;
  /** The main container with the construct's own ports and probes laid under. */
  readonly main: ContainerProps;
  /** For Jobs. @default the API's own: Always */
  readonly restartPolicy?: "Never" | "OnFailure";
  /** Volumes that claim templates provide, and where the main container mounts them. @default none */
  readonly claimMounts?: readonly k8s.VolumeMount[];
}

/**
 * The Pod template of a workload, restricted by default.
 *
 * @throws UserError when a container mounts a volume that nobody provides, two containers or volumes share a name, or a Pod runs as root without
 * an exemption
 * @see https://kubernetes.io/docs/concepts/workloads/pods/#pod-templates
 */
export function podTemplate(props: PodProps, options: PodTemplateOptions): k8s.PodTemplateSpec {
  const { context, name, track = "stable", config, claimMounts = [], restartPolicy } = options;
  const imageTrack = track === "canary" ? track : undefined;
  const exemption = props.securityExemption;
  const mainImage = context.images.take(undefined, imageTrack);
  const further = (containers: Readonly<Record<string, InitContainerProps>> = {}): k8s.Container[] =>
    Object.entries(containers).map(([container, own]) =>
      toKubernetesContainer(own, {
        name: container,
        image: own.mainImage === true ? mainImage : context.images.take(container, imageTrack),
        exemption,
        restartPolicy: own.restartPolicy,
      }),
    );
  const main = toKubernetesContainer(options.main, {
    name,
    image: mainImage,
    exemption,
    ...(config && { envFrom: config.envFrom }),
    mounts: [...(config?.mounts ?? []), ...claimMounts],
  });
  const initContainers = further(props.initContainers);
  const volumes = [
    ...Object.entries(props.volumes ?? {}).map(([key, volume]) => toKubernetesVolume(key, volume)),
    ...(config?.volumes ?? []),
  ];
  const spec: k8s.PodSpec = {
    containers: [main, ...further(props.containers)],
    initContainers: listOrNothing(initContainers),
    volumes: listOrNothing(volumes),
    serviceAccountName: name,
    restartPolicy,
    securityContext: { ...restrictedPod, ...userOf(props), ...exemption?.pod },
    imagePullSecrets: listOrNothing(props.imagePullSecrets?.map((secret) => ({ name: secret }))),
    terminationGracePeriodSeconds: props.terminationGracePeriodSeconds,
    ...toKubernetesScheduling(props, selectorLabels(name, track)),
  };
  requireContainers(spec);
  requireVolumes(spec, claimMounts);
  const annotations = podAnnotations(props, config);
  return {
    metadata: {
      labels: podLabels(context, name, track, props.podLabels),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec,
  };
}

function podAnnotations({ podAnnotations, securityExemption }: PodProps, config: PodConfig | undefined): Record<string, string> {
  return {
    ...podAnnotations,
    ...(config?.checksum !== undefined && { [annotation.configChecksum]: config.checksum }),
    ...(securityExemption !== undefined && { [annotation.securityReason]: securityExemption.reason }),
  };
}

function listOrNothing<T>(list: T[] | undefined): T[] | undefined {
  return list?.length === 0 ? undefined : list;
}

function userOf({ runAsUser, runAsGroup, fsGroup, securityExemption }: PodProps): k8s.PodSecurityContext {
  if (runAsUser === 0 && securityExemption === undefined) {
    throw new UserError("the containers are to run as root, which the restricted Pod Security Standard refuses", {
      hint: "give runAsUser another number, or securityExemption a reason",
    });
  }
  return { runAsUser, runAsGroup, fsGroup };
}

function requireContainers({ containers, initContainers = [] }: k8s.PodSpec): void {
  const names = [...containers, ...initContainers].map(({ name }) => name);
  for (const name of names) requireName("container", name, 63);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new UserError(`two containers are called '${twice}'`, { hint: "the main container has the service's own name" });
  const asked = initContainers.find(
    ({ restartPolicy, livenessProbe, readinessProbe, startupProbe, lifecycle }) =>
      restartPolicy === undefined && (livenessProbe ?? readinessProbe ?? startupProbe ?? lifecycle) !== undefined,
  );
  if (asked !== undefined) {
    throw new UserError(`init container '${asked.name}' has a probe or preStop, and ends before the others start`, {
      hint: 'leave them out, or let it go on running with restartPolicy: "Always"',
    });
  }
}

function requireVolumes(spec: k8s.PodSpec, claimMounts: readonly k8s.VolumeMount[]): void {
  const names = [...claimMounts, ...(spec.volumes ?? [])].map(({ name }) => name);
  for (const name of names) requireName("volume", name, 63);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new UserError(`two volumes are called '${twice}'`, { hint: "claims are volumes too, and configFiles come in 'config-files'" });
  const known = new Set(names);
  for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
    const missing = container.volumeMounts?.find(({ name }) => !known.has(name));
    if (missing !== undefined) {
      throw new UserError(`container '${container.name}' mounts volume '${missing.name}', which the Pod has not`, {
        hint: `its volumes are: ${[...known].map((name) => `'${name}'`).join(", ") || "none"}`,
      });
    }
  }
}
