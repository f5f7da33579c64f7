import type { SecuredContainer, SecuredPod, SharedSecurityContext } from "../../manifest/secured-pod.ts";

/** What a Pod is judged by. */
export interface PodSecurityStandard {
  readonly level: "baseline" | "restricted";
  /** The minor version of Kubernetes whose standard it is: 36 for 1.36. */
  readonly minor: number;
}

/** One control of the Pod Security Standards. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export interface PodSecurityControl {
  /** What to do about it. */
  readonly fix: string;
  /** What the Pod has that breaks it, or `undefined`: `securityContext.privileged: true in container 'catalogue'`. */
  find(pod: SecuredPod, standard: PodSecurityStandard): string | undefined;
}

/** Where something is true: `in containers 'catalogue', 'proxy'`; `undefined` where it is nowhere. */
export function inContainers(pod: SecuredPod, isBad: (container: SecuredContainer) => boolean): string | undefined {
  // most often there are none: nothing is made for them
  if (!pod.containers.some(isBad)) return undefined;
  const names = pod.containers.filter(isBad).map(({ name }) => `'${name}'`);
  return `in ${names.length === 1 ? "container" : "containers"} ${names.join(", ")}`;
}

/** Where a security context says something bad: `in the Pod and in container 'catalogue'`. */
export function inContexts(pod: SecuredPod, isBad: (context: SharedSecurityContext) => boolean): string | undefined {
  const { securityContext } = pod.spec;
  const containers = inContainers(pod, (container) => container.securityContext !== undefined && isBad(container.securityContext));
  if (securityContext === undefined || !isBad(securityContext)) return containers;
  return containers === undefined ? "in the Pod" : `in the Pod and ${containers}`;
}

/** Names in quotes, each once, in the order given. */
export function quoted(names: Iterable<string>): string {
  return [...new Set(names)].map((name) => `'${name}'`).join(", ");
}

/** Windows knows neither capabilities nor seccomp nor privilege escalation as Linux does: the standards ask for none there. */
export function isWindows({ spec }: SecuredPod): boolean {
  return spec.os?.name === "windows";
}

/** Root in a user namespace is nobody on the node; the standards know that since 1.35. */
export function inUserNamespace({ spec }: SecuredPod, { minor }: PodSecurityStandard): boolean {
  return minor >= 35 && spec.hostUsers === false;
}
