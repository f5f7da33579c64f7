/** The parts of a rendered Pod that the Pod Security Standards look at. */
interface SecuredPod {
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly securityContext?: SecurityContext & { readonly sysctls?: readonly { readonly name: string }[] };
  readonly volumes?: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
  readonly containers: readonly SecuredContainer[];
  readonly initContainers?: readonly SecuredContainer[];
}

interface SecuredContainer {
  readonly name: string;
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly securityContext?: SecurityContext & {
    readonly privileged?: boolean;
    readonly allowPrivilegeEscalation?: boolean;
    readonly procMount?: string;
    readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  };
}

interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: { readonly type: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly windowsOptions?: { readonly hostProcess?: boolean };
}

const allowedVolumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];
const allowedSysctls = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
];
const allowedSeLinuxTypes = [undefined, "", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

/**
 * What the *restricted* standard, which holds the *baseline* one, finds in a Pod: the controls in the order of the standard.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function restrictedViolations(pod: unknown): string[] {
  const spec = pod as SecuredPod;
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const contexts = [spec, ...containers].map(({ securityContext = {} }) => securityContext);
  const found: string[] = [];
  const control = (name: string, violated: boolean) => {
    if (violated) found.push(name);
  };
  /** Said of the whole Pod and gainsaid by no container, or said of every container. */
  const everywhere = (holds: (context: SecurityContext) => boolean | undefined): boolean => {
    const own = containers.map(({ securityContext = {} }) => holds(securityContext));
    return own.every((held) => held !== false) && (holds(spec.securityContext ?? {}) === true || own.every((held) => held === true));
  };
  control(
    "HostProcess",
    contexts.some(({ windowsOptions }) => windowsOptions?.hostProcess === true),
  );
  control("Host Namespaces", spec.hostNetwork === true || spec.hostPID === true || spec.hostIPC === true);
  control(
    "Privileged Containers",
    containers.some(({ securityContext }) => securityContext?.privileged === true),
  );
  control(
    "Volume Types",
    (spec.volumes ?? []).some((volume) => Object.keys(volume).some((key) => key !== "name" && !allowedVolumes.includes(key))),
  );
  control(
    "Host Ports",
    containers.some(({ ports = [] }) => ports.some(({ hostPort = 0 }) => hostPort !== 0)),
  );
  control(
    "SELinux",
    contexts.some(
      ({ seLinuxOptions: { type, user = "", role = "" } = {} }) => !allowedSeLinuxTypes.includes(type) || user !== "" || role !== "",
    ),
  );
  control(
    "/proc Mount Type",
    containers.some(({ securityContext }) => (securityContext?.procMount ?? "Default") !== "Default"),
  );
  control(
    "Sysctls",
    (spec.securityContext?.sysctls ?? []).some(({ name }) => !allowedSysctls.includes(name)),
  );
  control(
    "Privilege Escalation",
    containers.some(({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false),
  );
  control("Running as Non-root", !everywhere(({ runAsNonRoot }) => runAsNonRoot));
  control(
    "Running as Non-root user",
    contexts.some(({ runAsUser }) => runAsUser === 0),
  );
  control("Seccomp", !everywhere(({ seccompProfile }) => seccompProfile && ["RuntimeDefault", "Localhost"].includes(seccompProfile.type)));
  control(
    "Capabilities",
    containers.some(
      ({ securityContext: { capabilities: { add = [], drop = [] } = {} } = {} }) =>
        !drop.includes("ALL") || add.some((capability) => capability !== "NET_BIND_SERVICE"),
    ),
  );
  return found;
}
