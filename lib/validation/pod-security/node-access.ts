import { entriesOf } from "../../manifest/entries-of.ts";
import type { HandlerDocument, SecuredContainer, SecuredPodSpec } from "../../manifest/secured-pod.ts";
import { inContainers, inContexts, type PodSecurityControl, quoted } from "./pod-security-control.ts";

const hostNamespaces = ["hostNetwork", "hostPID", "hostIPC"] as const;

/** What a restricted Pod may mount. */
const volumeSources = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
] as const;

type Volume = NonNullable<SecuredPodSpec["volumes"]>[number];

/** The node's network, processes or memory are the Pod's own. */
export const nodeNamespaces: PodSecurityControl = {
  fix: "take it out of the Pod's spec",
  find({ spec }) {
    const shared = hostNamespaces.filter((name) => spec[name] === true);
    return shared.length === 0 ? undefined : shared.map((name) => `${name}: true`).join(", ");
  },
};

/** A Windows container with all rights over its node. */
export const hostProcess: PodSecurityControl = {
  fix: "take securityContext.windowsOptions.hostProcess out",
  find(pod) {
    const where = inContexts(pod, ({ windowsOptions }) => windowsOptions?.hostProcess === true);
    return where && `securityContext.windowsOptions.hostProcess: true ${where}`;
  },
};

/** Files of the node, or of a server that is not asked who reads them. */
export const volumeTypes: PodSecurityControl = {
  fix: "mount a ConfigMap, a Secret, an emptyDir or a claim instead",
  find({ spec }, { level }) {
    const isBad = level === "restricted" ? isRestrictedVolume : isHostPath;
    const bad = entriesOf(spec.volumes).filter(isBad);
    if (bad.length === 0) return undefined;
    return `the ${bad.length === 1 ? "volume" : "volumes"} ${bad.map((volume) => `'${volume.name}' (${sourceOf(volume) ?? ""})`).join(", ")}`;
  },
};

/** A port of the node is open past every Service and most network policies. */
export const hostPorts: PodSecurityControl = {
  fix: "take hostPort out, and put a Service before the Pods",
  find(pod) {
    const where = inContainers(pod, hasHostPort);
    return where && `the hostPort ${pod.containers.flatMap(hostPortsOf).join(", ")} ${where}`;
  },
};

/** The kubelet asks a host of the Pod's choice in the Pod's stead, from the node's own network. */
export const probeHosts: PodSecurityControl = {
  fix: "take the host out: the Pod itself is asked",
  find(pod, { minor }) {
    if (minor < 34) return undefined;
    const where = inContainers(pod, hasProbeHost);
    return where && `the probe or lifecycle host ${quoted(pod.containers.flatMap(probeHostsOf))} ${where}`;
  },
};

function isHostPath(volume: Volume): boolean {
  return volume.hostPath !== undefined;
}

function isRestrictedVolume(volume: Volume): boolean {
  // without any source it is an emptyDir
  return sourceOf(volume) !== undefined && !volumeSources.some((source) => volume[source] !== undefined);
}

function sourceOf(volume: Volume): string | undefined {
  return Object.keys(volume).find((key) => key !== "name");
}

function hasHostPort({ ports }: SecuredContainer): boolean {
  return ports !== undefined && entriesOf(ports).some(({ hostPort = 0 }) => hostPort !== 0);
}

function hostPortsOf({ ports }: SecuredContainer): number[] {
  return entriesOf(ports)
    .map(({ hostPort = 0 }) => hostPort)
    .filter((port) => port !== 0);
}

function probeHostsOf({ livenessProbe, readinessProbe, startupProbe, lifecycle }: SecuredContainer): string[] {
  return [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop].flatMap(
    (handler) => hostOf(handler) ?? [],
  );
}

function hasProbeHost({ livenessProbe, readinessProbe, startupProbe, lifecycle }: SecuredContainer): boolean {
  const hosts =
    hostOf(livenessProbe) ?? hostOf(readinessProbe) ?? hostOf(startupProbe) ?? hostOf(lifecycle?.postStart) ?? hostOf(lifecycle?.preStop);
  return hosts !== undefined;
}

/** A handler has one of the two. */
function hostOf(handler: HandlerDocument | undefined): string | undefined {
  const host = handler?.httpGet?.host ?? handler?.tcpSocket?.host;
  return host === "" ? undefined : host;
}
