import type { SecuredPod } from "../../manifest/secured-pod.ts";
import { addedCapabilities, keptCapabilities, privileged, privilegeEscalation, procMount } from "./container-rights.ts";
import { appArmor, seccomp, seLinux, sysctls } from "./kernel-profiles.ts";
import { hostPorts, hostProcess, nodeNamespaces, probeHosts, volumeTypes } from "./node-access.ts";
import type { PodSecurityControl, PodSecurityStandard } from "./pod-security-control.ts";
import { runAsNonRoot, runAsUser } from "./users.ts";

/** A control that a Pod breaks. */
export interface PodSecurityBreach {
  readonly control: PodSecurityControl;
  /** What the Pod has: see {@link PodSecurityControl.find}. */
  readonly found: string;
}

/** Every control of both levels. */
const controls: readonly PodSecurityControl[] = [
  privileged,
  hostProcess,
  nodeNamespaces,
  volumeTypes,
  hostPorts,
  probeHosts,
  addedCapabilities,
  appArmor,
  seLinux,
  sysctls,
  procMount,
  seccomp,
  privilegeEscalation,
  keptCapabilities,
  runAsNonRoot,
  runAsUser,
];

/** The controls of a standard that a Pod breaks, as the API server's own admission judges it. */
export function podSecurityBreaches(pod: SecuredPod, standard: PodSecurityStandard): PodSecurityBreach[] {
  const breaches: PodSecurityBreach[] = [];
  for (const control of controls) {
    const found = control.find(pod, standard);
    if (found !== undefined) breaches.push({ control, found });
  }
  return breaches;
}
