import { inContainers, inContexts, inUserNamespace, type PodSecurityControl } from "./pod-security-control.ts";

/** An image that runs as root unless it is told otherwise is refused by the kubelet where this is said. */
export const runAsNonRoot: PodSecurityControl = {
  fix: "write securityContext.runAsNonRoot: true",
  find(pod, standard) {
    if (standard.level !== "restricted" || inUserNamespace(pod, standard)) return undefined;
    const refused = inContexts(pod, (context) => context.runAsNonRoot === false);
    if (refused !== undefined) return `securityContext.runAsNonRoot: false ${refused}`;
    if (pod.spec.securityContext?.runAsNonRoot === true) return undefined;
    const where = inContainers(pod, ({ securityContext }) => securityContext?.runAsNonRoot !== true);
    return where && `no securityContext.runAsNonRoot: true ${where}`;
  },
};

/** Root in a container is one flaw of the kernel away from root on its node. */
export const runAsUser: PodSecurityControl = {
  fix: "name another user than 0",
  find(pod, standard) {
    if (standard.level !== "restricted" || inUserNamespace(pod, standard)) return undefined;
    const where = inContexts(pod, (context) => context.runAsUser === 0);
    return where && `securityContext.runAsUser: 0 ${where}`;
  },
};
