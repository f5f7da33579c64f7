import { describe, expect, test } from "@jest/globals";
import type { PodTemplateDocument } from "../../../lib/manifest/pod-spec.ts";
import { securedPod } from "../../../lib/manifest/secured-pod.ts";
import { podSecurityBreaches } from "../../../lib/validation/pod-security/pod-security-breaches.ts";

interface PodChange {
  readonly container?: object;
  readonly containerSecurity?: object;
  readonly podSecurity?: object;
  readonly spec?: object;
  readonly annotations?: object;
}

/** A Pod that passes the restricted standard, with changes. */
function pod({ container = {}, containerSecurity = {}, podSecurity = {}, spec = {}, annotations = {} }: PodChange = {}): unknown {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, ...containerSecurity };
  return {
    metadata: { annotations },
    spec: {
      containers: [{ name: "catalogue", securityContext, ...container }],
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" }, ...podSecurity },
      ...spec,
    },
  };
}

function breaches(template: unknown, level: "baseline" | "restricted" = "restricted", minor = 36): string[] {
  return podSecurityBreaches(securedPod(template as PodTemplateDocument), { level, minor }).map(({ found }) => found);
}

const windows = { os: { name: "windows" } };
const ownUsers = { hostUsers: false };
const inCatalogue = "in container 'catalogue'";

/** Broken on both levels. */
const forbidden: readonly (readonly [title: string, change: PodChange, found: string])[] = [
  ["a privileged container", { containerSecurity: { privileged: true } }, `securityContext.privileged: true ${inCatalogue}`],
  [
    "NET_RAW",
    { containerSecurity: { capabilities: { drop: ["ALL"], add: ["NET_RAW"] } } },
    `the capabilities 'NET_RAW' added ${inCatalogue}`,
  ],
  [
    "a capability by a name that the standards do not know",
    { containerSecurity: { capabilities: { drop: ["ALL"], add: ["CAP_CHOWN"] } } },
    `the capabilities 'CAP_CHOWN' added ${inCatalogue}`,
  ],
  [
    "/proc without masks",
    { containerSecurity: { procMount: "Unmasked" } },
    `a securityContext.procMount other than 'Default' ${inCatalogue}`,
  ],
  ["the node's network", { spec: { hostNetwork: true } }, "hostNetwork: true"],
  ["the node's processes", { spec: { hostPID: true } }, "hostPID: true"],
  ["the node's memory", { spec: { hostIPC: true } }, "hostIPC: true"],
  ["files of the node", { spec: { volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] } }, "the volume 'logs' (hostPath)"],
  [
    "a port of the node",
    { container: { ports: [{ containerPort: 80, hostPort: 8080 }, { containerPort: 81 }] } },
    `the hostPort 8080 ${inCatalogue}`,
  ],
  [
    "a Windows container that is its node",
    { podSecurity: { windowsOptions: { hostProcess: true } } },
    "securityContext.windowsOptions.hostProcess: true in the Pod",
  ],
  [
    "no AppArmor profile in a container",
    { containerSecurity: { appArmorProfile: { type: "Unconfined" } } },
    `an AppArmor profile other than 'RuntimeDefault' and 'Localhost' ${inCatalogue}`,
  ],
  [
    "no AppArmor profile by annotation",
    { annotations: { "container.apparmor.security.beta.kubernetes.io/catalogue": "unconfined" } },
    "the AppArmor annotation 'container.apparmor.security.beta.kubernetes.io/catalogue: unconfined'",
  ],
  [
    "no filter of system calls",
    { podSecurity: { seccompProfile: { type: "Unconfined" } } },
    "a securityContext.seccompProfile other than 'RuntimeDefault' and 'Localhost' in the Pod",
  ],
  [
    "another SELinux type",
    { podSecurity: { seLinuxOptions: { type: "spc_t" } }, containerSecurity: { seLinuxOptions: { type: "spc_t" } } },
    `securityContext.seLinuxOptions that leave the container's bounds in the Pod and ${inCatalogue}`,
  ],
  [
    "an SELinux user",
    { containerSecurity: { seLinuxOptions: { user: "system_u" } } },
    `securityContext.seLinuxOptions that leave the container's bounds ${inCatalogue}`,
  ],
  [
    "an SELinux role",
    { containerSecurity: { seLinuxOptions: { role: "system_r" } } },
    `securityContext.seLinuxOptions that leave the container's bounds ${inCatalogue}`,
  ],
  ["a sysctl of the node", { podSecurity: { sysctls: [{ name: "kernel.msgmax", value: "1" }] } }, "the sysctl 'kernel.msgmax'"],
  ...["livenessProbe", "readinessProbe", "startupProbe"].map(
    (probe) =>
      [
        `the ${probe} of another host`,
        { container: { [probe]: { httpGet: { host: "169.254.169.254", port: 80 } } } },
        `the probe or lifecycle host '169.254.169.254' ${inCatalogue}`,
      ] as const,
  ),
  ...["postStart", "preStop"].map(
    (hook) =>
      [
        `a ${hook} at another host`,
        { container: { lifecycle: { [hook]: { tcpSocket: { host: "localhost", port: 80 } } } } },
        `the probe or lifecycle host 'localhost' ${inCatalogue}`,
      ] as const,
  ),
];

/** Broken on the stricter level only. */
const restrictedOnly: typeof forbidden = [
  [
    "programs that gain rights",
    { containerSecurity: { allowPrivilegeEscalation: undefined } },
    `no securityContext.allowPrivilegeEscalation: false ${inCatalogue}`,
  ],
  [
    "capabilities that are kept",
    { containerSecurity: { capabilities: { drop: ["NET_RAW"] } } },
    `no securityContext.capabilities.drop: ["ALL"] ${inCatalogue}`,
  ],
  [
    "a capability of the runtime's own",
    { containerSecurity: { capabilities: { drop: ["ALL"], add: ["CHOWN", "NET_BIND_SERVICE"] } } },
    `the capabilities 'CHOWN' added ${inCatalogue}`,
  ],
  ["a network volume", { spec: { volumes: [{ name: "covers", nfs: {} }] } }, "the volume 'covers' (nfs)"],
  [
    "a seccomp profile that nobody names",
    { podSecurity: { seccompProfile: undefined } },
    `no securityContext.seccompProfile ${inCatalogue}`,
  ],
  ["a user that nobody forbids", { podSecurity: { runAsNonRoot: undefined } }, `no securityContext.runAsNonRoot: true ${inCatalogue}`],
  ["root by permission", { containerSecurity: { runAsNonRoot: false } }, `securityContext.runAsNonRoot: false ${inCatalogue}`],
  ["root by number", { podSecurity: { runAsUser: 0 } }, "securityContext.runAsUser: 0 in the Pod"],
];

const fine: readonly (readonly [title: string, change: PodChange])[] = [
  ["what every construct renders", {}],
  [
    "a user of the container's own",
    { podSecurity: { runAsNonRoot: undefined }, containerSecurity: { runAsNonRoot: true, runAsUser: 1000 } },
  ],
  [
    "profiles of the container's own",
    {
      podSecurity: { seccompProfile: undefined },
      containerSecurity: {
        seccompProfile: { type: "Localhost" },
        appArmorProfile: { type: "RuntimeDefault" },
        seLinuxOptions: { level: "s0" },
      },
    },
  ],
  ["AppArmor by annotation", { annotations: { "container.apparmor.security.beta.kubernetes.io/catalogue": "localhost/catalogue" } }],
  [
    "the runtime's AppArmor by annotation",
    { annotations: { "container.apparmor.security.beta.kubernetes.io/catalogue": "runtime/default" } },
  ],
  [
    "every volume that is not the node's",
    { spec: { volumes: [{ name: "none" }, { name: "key", secret: {} }, { name: "disk", csi: {} }] } },
  ],
  ["a probe of the Pod itself", { container: { livenessProbe: { httpGet: { host: "", port: 80 } } } }],
  ["sysctls of the Pod's own", { podSecurity: { sysctls: [{ name: "net.ipv4.tcp_rmem" }] } }],
  ["root in a user namespace", { spec: ownUsers, podSecurity: { runAsNonRoot: false, runAsUser: 0 } }],
  ["Windows", { spec: windows, container: { securityContext: undefined }, podSecurity: { seccompProfile: undefined } }],
];

describe("the restricted standard", () => {
  test.each([...forbidden, ...restrictedOnly])("forbids %s", (_, change, found) => {
    expect(breaches(pod(change))).toEqual([found]);
  });

  test.each(fine)("lets %s pass", (_, change) => {
    expect(breaches(pod(change))).toEqual([]);
  });

  test("judges init containers and ephemeral ones alike", () => {
    const container = (name: string) => ({ name, securityContext: { capabilities: { drop: ["ALL"] } } });
    expect(breaches(pod({ spec: { initContainers: [container("migrate")], ephemeralContainers: [container("shell")] } }))).toEqual([
      "no securityContext.allowPrivilegeEscalation: false in containers 'migrate', 'shell'",
    ]);
  });

  test("keeps /proc masked in a user namespace, as the lower level does not", () => {
    const template = pod({ spec: ownUsers, containerSecurity: { procMount: "Unmasked" } });
    expect(breaches(template)).toEqual([`a securityContext.procMount other than 'Default' ${inCatalogue}`]);
    expect(breaches(template, "baseline")).toEqual([]);
  });
});

describe("the baseline standard", () => {
  test.each(forbidden)("forbids %s", (_, change, found) => {
    expect(breaches(pod(change), "baseline")).toEqual([found]);
  });

  test.each(restrictedOnly)("lets %s pass", (_, change) => {
    expect(breaches(pod(change), "baseline")).toEqual([]);
  });
});

describe("an older standard", () => {
  test.each<readonly [title: string, since: number, change: PodChange]>([
    ["root in a user namespace", 35, { spec: ownUsers, podSecurity: { runAsNonRoot: false } }],
    ["user 0 in a user namespace", 35, { spec: ownUsers, podSecurity: { runAsUser: 0 } }],
    ["the type of container engines", 31, { podSecurity: { seLinuxOptions: { type: "container_engine_t" } } }],
    ["net.ipv4.tcp_wmem", 32, { podSecurity: { sysctls: [{ name: "net.ipv4.tcp_wmem" }] } }],
    ["net.ipv4.tcp_fin_timeout", 29, { podSecurity: { sysctls: [{ name: "net.ipv4.tcp_fin_timeout" }] } }],
    ["net.ipv4.ip_local_reserved_ports", 27, { podSecurity: { sysctls: [{ name: "net.ipv4.ip_local_reserved_ports" }] } }],
  ])("does not know %s before 1.%d", (_, since, change) => {
    expect(breaches(pod(change), "restricted", since)).toEqual([]);
    expect(breaches(pod(change), "restricted", since - 1)).not.toEqual([]);
  });

  test("knows /proc without masks in no user namespace before 1.35", () => {
    const template = pod({ spec: ownUsers, containerSecurity: { procMount: "Unmasked" } });
    expect(breaches(template, "baseline", 34)).not.toEqual([]);
  });

  test("does not ask about the hosts of probes before 1.34", () => {
    const template = pod({ container: { livenessProbe: { tcpSocket: { host: "localhost" } } } });
    expect(breaches(template, "baseline", 33)).toEqual([]);
    expect(breaches(template, "baseline", 34)).toHaveLength(1);
  });
});

test("a document that nobody has checked is judged without a crash", () => {
  const wrong = {
    containers: [null, "catalogue", { securityContext: "root", ports: 80 }],
    volumes: {},
    securityContext: { sysctls: "all" },
  };
  expect(breaches({ metadata: { annotations: "none" }, spec: wrong })).toContain(
    "no securityContext.runAsNonRoot: true in container 'undefined'",
  );
  expect(breaches({ spec: [] })).toEqual([]);
});
