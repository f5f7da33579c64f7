import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type LabelSelector, matchesLabels } from "../../lib/manifest/label-selector.ts";
import { groupKind, type KubernetesObject } from "../../lib/manifest/manifest.ts";
import { containersOf, portsOf, podTemplateOf, type PodTemplateDocument } from "../../lib/manifest/pod-spec.ts";
import { servicePorts } from "../../lib/manifest/service-port.ts";
import type { PodProps } from "../../lib/workload/pod-template.ts";
import { SecurityExemption } from "../../lib/workload/security-exemption.ts";
import { everyPodProp } from "./every-pod-prop.ts";
import { restrictedViolations } from "./pod-security.ts";
import { meshContext } from "./rendered-unit.ts";
import { workloadCases, type WorkloadCase } from "./workload-cases.ts";

/** Without what its author may be exempt from. */
const unexempted: PodProps = { ...everyPodProp, securityExemption: undefined };

/** Everything that each construct can give: with the fewest props, and with the most. */
const renderings = workloadCases.flatMap((workload) => [
  { title: `${workload.title}, minimal`, objects: workload.minimal() },
  { title: `${workload.title}, full`, objects: workload.full() },
]);

/** The objects that have Pods, and their templates. */
function workloadsOf(objects: readonly KubernetesObject[]): { object: KubernetesObject; template: PodTemplateDocument }[] {
  return objects.flatMap((object) => {
    const template = podTemplateOf(object);
    return template === undefined ? [] : [{ object, template }];
  });
}

function labelsOf(template: PodTemplateDocument): Readonly<Record<string, string>> {
  return template.metadata?.labels ?? {};
}

/** The selectors of an object that are to take Pods of its own unit. */
function selectorsOf({ kind, spec }: KubernetesObject): LabelSelector[] {
  const { selector, podSelector, workloadSelector } = (spec ?? {}) as {
    selector?: LabelSelector & Record<string, string>;
    podSelector?: LabelSelector;
    workloadSelector?: { labels: Record<string, string> };
  };
  switch (kind) {
    case "Deployment":
    case "StatefulSet":
    case "PodDisruptionBudget":
      return [selector ?? {}];
    case "Service":
      return [{ matchLabels: selector ?? {} }];
    case "NetworkPolicy":
      return [podSelector ?? {}];
    case "EnvoyFilter":
      return [{ matchLabels: workloadSelector?.labels ?? {} }];
    default:
      return [];
  }
}

/** Every selector of a rendering, inside Pods too. */
function allSelectors(objects: readonly KubernetesObject[]): unknown[] {
  const found: unknown[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (/selector$/i.test(key) && key !== "nodeSelector") found.push(inner);
      walk(inner);
    }
  };
  walk(objects);
  return found;
}

/** Each value with its path, maps and lists included. */
function pathsOf(value: unknown, path = ""): { path: string; value: unknown }[] {
  const inner =
    typeof value === "object" && value !== null ? Object.entries(value).flatMap(([key, own]) => pathsOf(own, `${path}/${key}`)) : [];
  return [{ path, value }, ...inner];
}

describe.each(renderings)("$title: selectors", ({ objects }) => {
  const workloads = workloadsOf(objects);

  test("each is no empty one, and takes the labels of Pods that there are", () => {
    for (const selector of objects.flatMap(selectorsOf)) {
      expect(Object.keys(selector.matchLabels ?? {})).not.toEqual([]);
      const taken = workloads.filter(({ template }) => matchesLabels(selector, labelsOf(template)));
      expect(taken).not.toEqual([]);
    }
  });

  test("a Deployment's or StatefulSet's takes its own Pods and nobody else's", () => {
    for (const { object } of workloads.filter(({ object: { kind } }) => kind === "Deployment" || kind === "StatefulSet")) {
      const [own = {}] = selectorsOf(object);
      const taken = workloads.filter(({ template }) => matchesLabels(own, labelsOf(template)));
      expect(taken.map(({ object: { metadata } }) => metadata.name)).toEqual([object.metadata.name]);
    }
  });

  test("a Service's takes no Pod of a smoke test, and none of another unit", () => {
    const other = workloadCases[0]?.full(unexempted, meshContext({ unit: "checkout" })) ?? [];
    for (const [selector = {}] of objects.filter(({ kind }) => kind === "Service").map(selectorsOf)) {
      const taken = [...workloads, ...workloadsOf(other)].filter(({ template }) => matchesLabels(selector, labelsOf(template)));
      expect(taken.map(({ object: { metadata } }) => metadata.name).filter((name) => !/^catalogue(-canary)?$/.test(name))).toEqual([]);
      expect(taken).not.toEqual([]);
    }
  });

  test("spread and anti-affinity look at the workload's own Pods", () => {
    for (const { object, template } of workloads.filter(({ object: { kind } }) => kind === "Deployment" || kind === "StatefulSet")) {
      const { topologySpreadConstraints, affinity = {} } = template.spec as {
        topologySpreadConstraints?: object[];
        affinity?: { podAntiAffinity?: object };
      };
      const looked = pathsOf({ topologySpreadConstraints, podAntiAffinity: affinity.podAntiAffinity }).filter(({ path }) =>
        path.endsWith("/labelSelector"),
      );
      for (const { value } of looked) expect([value]).toEqual(selectorsOf(object));
    }
  });
});

describe.each(workloadCases)("$title", (workload: WorkloadCase) => {
  test("any image, version and environment: the selectors are the same", () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const before = allSelectors(workload.full());
    fc.assert(
      fc.property(word, word, word, (version, environment, team) => {
        const context = meshContext({
          images: { take: (container = "catalogue") => `registry.example/${container}:${version}` },
          labels: {
            ...meshContext().labels,
            "app.kubernetes.io/version": version,
            "keelson.dev/environment": environment,
            "keelson.dev/team": team,
          },
        });
        expect(allSelectors(workload.full(everyPodProp, context))).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });

  test("rendering twice gives the same", () => {
    expect(JSON.stringify(workload.full())).toBe(JSON.stringify(workload.full()));
  });

  test("every object has its unit's namespace, labels and annotations", () => {
    const context = meshContext({ annotations: { "argocd.argoproj.io/sync-wave": "3" } });
    for (const { metadata } of [...workload.minimal(context), ...workload.full(everyPodProp, context)]) {
      expect(metadata).toMatchObject({ namespace: "bookshop-dev", labels: context.labels, annotations: context.annotations });
    }
  });

  test("its Pods, and those of its smoke test, pass the restricted Pod Security Standard with every prop but an exemption", () => {
    for (const { object, template } of [...workloadsOf(workload.minimal()), ...workloadsOf(workload.full(unexempted))]) {
      expect([object.metadata.name, restrictedViolations(template.spec)]).toEqual([object.metadata.name, []]);
      expect(template.metadata?.annotations ?? {}).not.toHaveProperty(["keelson.dev/security-exemption-reason"]);
    }
  });

  test("its Pods pass less only with a reason that stands on them", () => {
    const securityExemption = SecurityExemption.because("reads the till's USB port", { container: { privileged: true } });
    for (const { template } of workloadsOf(workload.full({ ...unexempted, securityExemption }))) {
      expect(restrictedViolations(template.spec)).toEqual(["Privileged Containers"]);
      expect(template.metadata?.annotations).toMatchObject({ "keelson.dev/security-exemption-reason": "reads the till's USB port" });
    }
  });
});

describe.each(renderings)("$title: ports", ({ objects }) => {
  const services = objects.filter(({ kind }) => kind === "Service");
  const workloads = workloadsOf(objects);

  test("every port that a Service leads to is one of each of its Pods", () => {
    for (const service of services) {
      const [selector = {}] = selectorsOf(service);
      for (const { template } of workloads.filter(({ template: pod }) => matchesLabels(selector, labelsOf(pod)))) {
        const names = portsOf(template.spec).map(({ name }) => name);
        for (const { targetPort } of servicePorts(service)) expect(names).toContain(targetPort);
      }
    }
  });

  test("every port that an Ingress or a ServiceMonitor names is one of the Service", () => {
    const served = services.flatMap(servicePorts).map(({ name }) => name);
    const readers = objects.filter(({ kind }) => kind === "Ingress" || kind === "ServiceMonitor");
    const named = pathsOf(readers).filter(({ path }) => /\/endpoints\/\d+\/port$|\/service\/port\/name$/.test(path));
    expect(named.length).toBeGreaterThanOrEqual(readers.length);
    for (const { value } of named) expect(served).toContain(value);
  });

  test("every port that a probe asks is one of its own container", () => {
    for (const container of workloads.flatMap(({ template }) => containersOf(template.spec))) {
      const known = (container.ports ?? []).flatMap(({ name, containerPort }) => [name, containerPort]);
      const asked = pathsOf(container).filter(({ path }) => /Probe\/(httpGet|tcpSocket|grpc)\/port$/.test(path));
      for (const { value } of asked) expect(known).toContain(value);
    }
  });

  test("no Service has one number twice", () => {
    for (const service of services) {
      const numbers = servicePorts(service).map(({ port }) => port);
      expect(numbers).toEqual([...new Set(numbers)]);
    }
  });
});

describe.each(renderings)("$title: noise", ({ objects }) => {
  test("nothing is null, and no map or list is empty that does not mean something", () => {
    const empty = pathsOf(objects).filter(
      ({ path, value }) =>
        value === null ||
        value === undefined ||
        (typeof value === "object" && Object.keys(value).length === 0 && !path.endsWith("/emptyDir")),
    );
    expect(empty).toEqual([]);
  });

  test("no key and no name comes from the construct's path", () => {
    for (const { path, value } of pathsOf(objects)) {
      expect(path).not.toContain("cdk8s.io");
      expect(typeof value === "string" ? value : "").not.toMatch(/-c8[0-9a-f]{6}$/);
    }
  });
});

/** Fields of built-in kinds, and the value that the API server gives them. @see https://kubernetes.io/docs/reference/kubernetes-api/ */
const apiDefaults: readonly (readonly [path: RegExp, value: unknown])[] = [
  [/\/(metadata)\/(creationTimestamp|uid|resourceVersion|generation)$/, "any"],
  [/^\/status$/, "any"],
  // Pods and containers
  [/\/containers\/\d+\/(imagePullPolicy|terminationMessagePath|terminationMessagePolicy)$/, "any"],
  [/\/initContainers\/\d+\/(imagePullPolicy|terminationMessagePath|terminationMessagePolicy)$/, "any"],
  [/\/template\/spec\/(dnsPolicy|schedulerName|enableServiceLinks|serviceAccount|preemptionPolicy|priority)$/, "any"],
  [/\/template\/spec\/(hostNetwork|hostPID|hostIPC|shareProcessNamespace|setHostnameAsFQDN)$/, false],
  [/\/template\/spec\/restartPolicy$/, "Always"],
  [/\/template\/spec\/terminationGracePeriodSeconds$/, 30],
  [/\/template\/spec\/automountServiceAccountToken$/, true],
  [/\/template\/metadata\/creationTimestamp$/, "any"],
  [/\/ports\/\d+\/protocol$/, "TCP"],
  [/Probe\/(initialDelaySeconds)$/, 0],
  [/Probe\/(successThreshold|timeoutSeconds)$/, 1],
  [/Probe\/periodSeconds$/, 10],
  [/Probe\/failureThreshold$/, 3],
  [/Probe\/httpGet\/scheme$/, "HTTP"],
  [/Probe\/grpc\/service$/, ""],
  [/\/(stdin|stdinOnce|tty|readOnly|optional|privileged)$/, false],
  [/\/volumes\/\d+\/(secret|configMap|projected|downwardAPI)\/defaultMode$/, 420],
  [/\/emptyDir\/medium$/, ""],
  [/\/fieldRef\/apiVersion$/, "v1"],
  [/\/fsGroupChangePolicy$/, "Always"],
  // workloads
  [/^\/spec\/replicas$/, 1],
  [/^\/spec\/(revisionHistoryLimit)$/, 10],
  [/^\/spec\/progressDeadlineSeconds$/, 600],
  [/^\/spec\/minReadySeconds$/, 0],
  [/^\/spec\/paused$/, false],
  [/^\/spec\/strategy\/type$/, "RollingUpdate"],
  [/^\/spec\/strategy\/rollingUpdate\/(maxSurge|maxUnavailable)$/, "25%"],
  [/^\/spec\/podManagementPolicy$/, "OrderedReady"],
  [/^\/spec\/updateStrategy$/, "any"],
  [/^\/spec\/persistentVolumeClaimRetentionPolicy$/, "any"],
  // Jobs
  [/\/(completions|parallelism)$/, 1],
  [/\/backoffLimit$/, 6],
  [/\/(completionMode|podReplacementPolicy|manualSelector)$/, "any"],
  [/^\/spec\/concurrencyPolicy$/, "Allow"],
  [/\/suspend$/, false],
  [/^\/spec\/successfulJobsHistoryLimit$/, 3],
  [/^\/spec\/failedJobsHistoryLimit$/, 1],
  // Services, ConfigMaps, accounts
  [/^\/spec\/type$/, "ClusterIP"],
  [/^\/spec\/(sessionAffinity|internalTrafficPolicy|ipFamilies|ipFamilyPolicy|clusterIPs|externalIPs)$/, "any"],
  [/^\/spec\/publishNotReadyAddresses$/, false],
  [/^\/immutable$/, false],
  [/^\/automountServiceAccountToken$/, true],
];

describe.each(workloadCases)("$title: defaults", (workload: WorkloadCase) => {
  test("no field of a built-in kind only repeats what the API server gives it", () => {
    const builtIn = workload.minimal().filter((object) => !/\.(istio\.io|coreos\.com)|gateway\./.test(groupKind(object)));
    const repeated = builtIn.flatMap((object) =>
      pathsOf(object)
        .filter(({ path, value }) => apiDefaults.some(([known, given]) => known.test(path) && (given === "any" || given === value)))
        .map(({ path }) => `${object.kind} ${path}`),
    );
    expect(repeated).toEqual([]);
  });
});

describe("restrictedViolations", () => {
  const container = {
    name: "catalogue",
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  };
  const pod = { securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } }, containers: [container] };
  const withContainer = (securityContext: object) => ({
    ...pod,
    containers: [{ ...container, securityContext: { ...container.securityContext, ...securityContext } }],
  });

  test("finds nothing in a restricted Pod", () => {
    expect(restrictedViolations(pod)).toEqual([]);
  });

  test.each([
    ["HostProcess", withContainer({ windowsOptions: { hostProcess: true } })],
    ["Host Namespaces", { ...pod, hostNetwork: true }],
    ["Privileged Containers", withContainer({ privileged: true })],
    ["Volume Types", { ...pod, volumes: [{ name: "node", hostPath: { path: "/" } }] }],
    ["Host Ports", { ...pod, containers: [{ ...container, ports: [{ hostPort: 80 }] }] }],
    ["SELinux", withContainer({ seLinuxOptions: { role: "sysadm_r" } })],
    ["/proc Mount Type", withContainer({ procMount: "Unmasked" })],
    ["Sysctls", { ...pod, securityContext: { ...pod.securityContext, sysctls: [{ name: "kernel.msgmax" }] } }],
    ["Privilege Escalation", withContainer({ allowPrivilegeEscalation: undefined })],
    ["Running as Non-root", withContainer({ runAsNonRoot: false })],
    ["Running as Non-root", { ...pod, securityContext: { seccompProfile: { type: "RuntimeDefault" } } }],
    ["Running as Non-root user", withContainer({ runAsUser: 0 })],
    ["Seccomp", withContainer({ seccompProfile: { type: "Unconfined" } })],
    ["Seccomp", { ...pod, securityContext: { runAsNonRoot: true } }],
    ["Capabilities", withContainer({ capabilities: { drop: ["NET_RAW"] } })],
    ["Capabilities", { ...pod, initContainers: [{ ...container, securityContext: { allowPrivilegeEscalation: false } }] }],
    ["Capabilities", withContainer({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } })],
  ])("finds: %s", (control, violating) => {
    expect(restrictedViolations(violating)).toEqual([control]);
  });
});
