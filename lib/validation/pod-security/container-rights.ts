import { textsOf } from "../../manifest/entries-of.ts";
import type { ContainerSecurityContext } from "../../manifest/secured-pod.ts";
import { inContainers, inUserNamespace, isWindows, type PodSecurityControl, quoted } from "./pod-security-control.ts";

/** What container runtimes give anyway, but for NET_RAW. */
const defaultCapabilities: ReadonlySet<string> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

/** A privileged container is root on its node. */
export const privileged: PodSecurityControl = {
  fix: "take securityContext.privileged out",
  find(pod) {
    const where = inContainers(pod, ({ securityContext }) => securityContext?.privileged === true);
    return where && `securityContext.privileged: true ${where}`;
  },
};

/** A set-user-ID program gains rights that its caller has not. */
export const privilegeEscalation: PodSecurityControl = {
  fix: "write securityContext.allowPrivilegeEscalation: false",
  find(pod, { level }) {
    if (level !== "restricted" || isWindows(pod)) return undefined;
    const where = inContainers(pod, ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
    return where && `no securityContext.allowPrivilegeEscalation: false ${where}`;
  },
};

/** Some capabilities are as good as root on the node. */
export const addedCapabilities: PodSecurityControl = {
  fix: "take them out of securityContext.capabilities.add",
  find(pod, { level }) {
    const restricted = level === "restricted";
    if (restricted && isWindows(pod)) return undefined;
    const isBad = (name: string): boolean => (restricted ? name !== "NET_BIND_SERVICE" : !defaultCapabilities.has(name));
    const where = inContainers(pod, ({ securityContext }) => namesIn(securityContext, "add").some(isBad));
    if (where === undefined) return undefined;
    const added = pod.containers.flatMap(({ securityContext }) => namesIn(securityContext, "add").filter(isBad));
    return `the capabilities ${quoted(added)} added ${where}`;
  },
};

/** What is not dropped is there for whoever takes the program over. */
export const keptCapabilities: PodSecurityControl = {
  fix: 'write securityContext.capabilities.drop: ["ALL"]',
  find(pod, { level }) {
    if (level !== "restricted" || isWindows(pod)) return undefined;
    const where = inContainers(pod, ({ securityContext }) => !namesIn(securityContext, "drop").includes("ALL"));
    return where && `no securityContext.capabilities.drop: ["ALL"] ${where}`;
  },
};

/** Without its masks, /proc shows the kernel's own settings. */
export const procMount: PodSecurityControl = {
  fix: "take securityContext.procMount out",
  find(pod, standard) {
    if (standard.level === "baseline" && inUserNamespace(pod, standard)) return undefined;
    const where = inContainers(pod, ({ securityContext: { procMount: mount = "Default" } = {} }) => mount !== "Default");
    return where && `a securityContext.procMount other than 'Default' ${where}`;
  },
};

function namesIn(context: ContainerSecurityContext | undefined, list: "add" | "drop"): readonly string[] {
  return textsOf(context?.capabilities?.[list]);
}
