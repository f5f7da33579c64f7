import { entriesOf } from "../../manifest/entries-of.ts";
import type { SecuredPod } from "../../manifest/secured-pod.ts";
import { inContainers, inContexts, isWindows, type PodSecurityControl, quoted } from "./pod-security-control.ts";

const appArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

/** Types that keep a container in its bounds, and since which minor version the standards know them. */
const seLinuxTypes: ReadonlyMap<string, number> = new Map([
  ["", 0],
  ["container_t", 0],
  ["container_init_t", 0],
  ["container_kvm_t", 0],
  ["container_engine_t", 31],
]);

/** Settings of the kernel that reach no further than the Pod, and since which minor version the standards know them. */
const safeSysctls: ReadonlyMap<string, number> = new Map([
  ["kernel.shm_rmid_forced", 0],
  ["net.ipv4.ip_local_port_range", 0],
  ["net.ipv4.tcp_syncookies", 0],
  ["net.ipv4.ping_group_range", 0],
  ["net.ipv4.ip_unprivileged_port_start", 0],
  ["net.ipv4.ip_local_reserved_ports", 27],
  ["net.ipv4.tcp_keepalive_time", 29],
  ["net.ipv4.tcp_fin_timeout", 29],
  ["net.ipv4.tcp_keepalive_intvl", 29],
  ["net.ipv4.tcp_keepalive_probes", 29],
  ["net.ipv4.tcp_rmem", 32],
  ["net.ipv4.tcp_wmem", 32],
]);

/** The runtime's AppArmor profile is given up. */
export const appArmor: PodSecurityControl = {
  fix: "take the profile out, or name 'RuntimeDefault' or 'Localhost'",
  find(pod) {
    const where = inContexts(pod, ({ appArmorProfile }) => appArmorProfile !== undefined && !isBounded(appArmorProfile.type));
    if (where !== undefined) return `an AppArmor profile other than 'RuntimeDefault' and 'Localhost' ${where}`;
    const annotations = appArmorAnnotations(pod);
    return annotations.length === 0 ? undefined : `the AppArmor annotation ${quoted(annotations)}`;
  },
};

/** The runtime's filter of system calls is given up, or never asked for. */
export const seccomp: PodSecurityControl = {
  fix: "write securityContext.seccompProfile.type: RuntimeDefault",
  find(pod, { level }) {
    const restricted = level === "restricted";
    if (restricted && isWindows(pod)) return undefined;
    const where = inContexts(pod, ({ seccompProfile }) => seccompProfile !== undefined && !isBounded(seccompProfile.type));
    if (where !== undefined) return `a securityContext.seccompProfile other than 'RuntimeDefault' and 'Localhost' ${where}`;
    if (!restricted || pod.spec.securityContext?.seccompProfile !== undefined) return undefined;
    const open = inContainers(pod, ({ securityContext }) => securityContext?.seccompProfile === undefined);
    return open && `no securityContext.seccompProfile ${open}`;
  },
};

/** The runtime's SELinux label is given up. */
export const seLinux: PodSecurityControl = {
  fix: "take securityContext.seLinuxOptions out",
  find(pod, { minor }) {
    const where = inContexts(pod, ({ seLinuxOptions: { type = "", user = "", role = "" } = {} }) => {
      return minor < (seLinuxTypes.get(type) ?? Infinity) || user !== "" || role !== "";
    });
    return where && `securityContext.seLinuxOptions that leave the container's bounds ${where}`;
  },
};

/** A setting of the kernel is the whole node's. */
export const sysctls: PodSecurityControl = {
  fix: "take it out of securityContext.sysctls",
  find(pod, { minor }) {
    const unsafe = entriesOf(pod.spec.securityContext?.sysctls).filter(({ name }) => minor < (safeSysctls.get(name) ?? Infinity));
    return unsafe.length === 0 ? undefined : `the sysctl ${quoted(unsafe.map(({ name }) => name))}`;
  },
};

function isBounded(type: string | undefined): boolean {
  return type === "RuntimeDefault" || type === "Localhost";
}

function appArmorAnnotations({ annotations }: SecuredPod): string[] {
  return Object.entries(annotations)
    .filter(([key, value]) => key.startsWith(appArmorAnnotation) && !isBoundedAnnotation(value))
    .map(([key, value]) => `${key}: ${String(value)}`);
}

function isBoundedAnnotation(value: unknown): boolean {
  return value === "" || value === "runtime/default" || (typeof value === "string" && value.startsWith("localhost/"));
}
