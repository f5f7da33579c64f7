import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { objectName } from "../../manifest/manifest.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import { securedPod, type SecuredContainer, type SecuredPod } from "../../manifest/secured-pod.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding } from "../rule.ts";

/** The first port that everybody may bind, unless the Pod says otherwise. */
const firstFreePort = 1024;

/** Moves that bound; safe, since it is for the Pod alone. @see https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/ */
const boundSetting = "net.ipv4.ip_unprivileged_port_start";

/** Pods whose containers see one another's processes, or bind ports that are root's. */
export function findExposedPods(facts: RepositoryFacts): Finding[] {
  return facts.workloads.flatMap((workload) => {
    const pod = securedPod(workload.template);
    return [...sharedProcesses(workload, pod), ...rootPorts(workload, pod)];
  });
}

function sharedProcesses({ manifest }: WorkloadFact, { spec }: SecuredPod): Finding[] {
  if (spec.shareProcessNamespace !== true) return [];
  const message = `${objectName(manifest.document)} has shareProcessNamespace: true: each of its containers reads the environment and files of the others`;
  return [asWarning({ message, hint: "take it out, or keep what is secret out of the Pod's other containers", manifest })];
}

/** A warning: containerd lets everybody bind them since 2.0, CRI-O and older ones do not. */
function rootPorts({ manifest }: WorkloadFact, pod: SecuredPod): Finding[] {
  const first = firstPortOf(pod);
  return pod.containers.flatMap((container) => {
    const ports = entriesOf(container.ports)
      .map(({ containerPort = first }) => containerPort)
      .filter((port) => port < first);
    if (ports.length === 0 || !isNotRoot(pod, container) || mayBind(container)) return [];
    const message = `${objectName(manifest.document)} serves port ${ports.join(", ")} in container '${container.name}', which is not root and may not bind it on every node`;
    const hint = `serve a port from ${firstFreePort} on, or set the sysctl '${boundSetting}'`;
    return [asWarning({ message, hint, manifest })];
  });
}

function firstPortOf({ spec }: SecuredPod): number {
  const setting = entriesOf(spec.securityContext?.sysctls).find(({ name }) => name === boundSetting);
  return setting === undefined ? firstFreePort : Number(setting.value);
}

function isNotRoot({ spec }: SecuredPod, { securityContext }: SecuredContainer): boolean {
  const user = securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
  return user === undefined ? (securityContext?.runAsNonRoot ?? spec.securityContext?.runAsNonRoot) === true : user > 0;
}

function mayBind({ securityContext }: SecuredContainer): boolean {
  return textsOf(securityContext?.capabilities?.add).includes("NET_BIND_SERVICE");
}
