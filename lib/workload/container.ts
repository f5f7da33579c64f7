import type { k8s } from "cdk8s-plus-28";
import { UserError } from "../errors/user-error.ts";
import { type EnvSource, type EnvVar, toKubernetesEnv, toKubernetesEnvFrom } from "./env-var.ts";
import { type PortOfProbe, type Probe, toKubernetesProbe } from "./probe.ts";
import { type Resources, toKubernetesResources } from "./resources.ts";
import { containerSecurity, type SecurityExemption } from "./security-exemption.ts";
import type { VolumeMountProps } from "./volume.ts";

/**
 * A container. It has no image: images are pins, written by the CLI into `environments/<environment>/images.yaml`.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/
 */
export interface ContainerProps {
  /** @default the image's own */
  readonly command?: readonly string[];
  /** @default the image's own */
  readonly args?: readonly string[];
  /** By name; a string, or where the value comes from. @default none */
  readonly env?: Readonly<Record<string, string | EnvVar>>;
  /** @default none */
  readonly envFrom?: readonly EnvSource[];
  /** Port numbers by name. @default none */
  readonly ports?: Readonly<Record<string, number>>;
  /** @default none: say it; a Pod without requests is the first to go */
  readonly resources?: Resources;
  /** @default none, or the construct's own */
  readonly livenessProbe?: Probe;
  /** @default none, or the construct's own */
  readonly readinessProbe?: Probe;
  /** @default none */
  readonly startupProbe?: Probe;
  /** A command before the container is stopped. @default none */
  readonly preStop?: readonly string[];
  /** By path in the container; a string is the name of a volume. @default none */
  readonly volumeMounts?: Readonly<Record<string, string | VolumeMountProps>>;
  /** @default the image's own */
  readonly workingDir?: string;
}

/** A container beside the main one. */
export interface FurtherContainerProps extends ContainerProps {
  /** Runs the main container's image instead of a pin of its own. @default false */
  readonly mainImage?: boolean;
}

/** A container that runs before the others. */
export interface InitContainerProps extends FurtherContainerProps {
  /** Goes on running beside the others: a sidecar. @default it ends before the next one starts */
  readonly restartPolicy?: "Always";
}

/** What a container takes from its Pod. */
export interface ContainerPlace {
  readonly name: string;
  readonly image: string;
  readonly exemption: SecurityExemption | undefined;
  /** Of an init container that goes on running. */
  readonly restartPolicy?: "Always";
  /** Before the container's own. */
  readonly envFrom?: readonly EnvSource[];
  /** Beside the container's own. */
  readonly mounts?: readonly k8s.VolumeMount[];
}

/**
 * The container as a Pod's field, restricted by default.
 *
 * @throws UserError when a port is out of range, a probe names a port that the container has not, or two mounts have one path
 */
export function toKubernetesContainer(props: ContainerProps, place: ContainerPlace): k8s.Container {
  const ports = Object.entries(props.ports ?? {});
  for (const [name, number] of ports) requirePort(place.name, name, number);
  const portOf = (name: string | undefined): PortOfProbe => {
    const found = name === undefined ? ports[0] : ports.find(([known]) => known === name);
    if (found === undefined) {
      throw new UserError(`a probe of container '${place.name}' asks port '${name ?? "(the first)"}', which the container has not`, {
        hint: `its ports are: ${ports.map(([known]) => `'${known}'`).join(", ") || "none"}`,
      });
    }
    return { name: found[0], number: found[1] };
  };
  const mounts = [...(place.mounts ?? []), ...toKubernetesMounts(props.volumeMounts)].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1));
  requireUniquePaths(place.name, mounts);
  return {
    name: place.name,
    image: place.image,
    command: listOrNothing(props.command),
    args: listOrNothing(props.args),
    env: toKubernetesEnv(props.env),
    envFrom: toKubernetesEnvFrom([...(place.envFrom ?? []), ...(props.envFrom ?? [])]),
    ports: ports.length === 0 ? undefined : ports.map(([name, containerPort]) => ({ name, containerPort })),
    resources: toKubernetesResources(props.resources),
    livenessProbe: toKubernetesProbe(props.livenessProbe, portOf),
    readinessProbe: toKubernetesProbe(props.readinessProbe, portOf),
    startupProbe: toKubernetesProbe(props.startupProbe, portOf),
    lifecycle: props.preStop === undefined ? undefined : { preStop: { exec: { command: [...props.preStop] } } },
    volumeMounts: mounts.length === 0 ? undefined : mounts,
    workingDir: props.workingDir,
    restartPolicy: place.restartPolicy,
    securityContext: containerSecurity(place.exemption),
  };
}

function requirePort(container: string, name: string, number: number): void {
  if (!Number.isInteger(number) || number < 1 || number > 65535) {
    throw new UserError(`port '${name}' of container '${container}' is not a port number, got ${number}`, {
      hint: "give a whole number from 1 to 65535",
    });
  }
  if (!/^(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/.test(name) || name.includes("--")) {
    throw new UserError(`'${name}' of container '${container}' is not a port name`, {
      hint: "use at most 15 lower-case letters, digits and single '-', with at least one letter",
    });
  }
}

function toKubernetesMounts(mounts: ContainerProps["volumeMounts"]): k8s.VolumeMount[] {
  return Object.entries(mounts ?? {}).map(([mountPath, mount]) => {
    if (typeof mount === "string") return { name: mount, mountPath };
    return { name: mount.volume, mountPath, subPath: mount.subPath, ...(mount.readOnly === true && { readOnly: true }) };
  });
}

function requireUniquePaths(container: string, mounts: readonly k8s.VolumeMount[]): void {
  const twice = mounts.find(({ mountPath }, index) => mounts[index + 1]?.mountPath === mountPath);
  if (twice === undefined) return;
  throw new UserError(`container '${container}' mounts two things at '${twice.mountPath}'`, {
    hint: "volumeMounts, claims and configFiles share the container's paths",
  });
}

function listOrNothing(list: readonly string[] | undefined): string[] | undefined {
  return list === undefined || list.length === 0 ? undefined : [...list];
}
