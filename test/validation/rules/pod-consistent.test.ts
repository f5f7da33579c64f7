import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { podConsistent } from "../../../lib/validation/rules/pod-consistent.ts";
import { deployment, manifest, reported } from "../../support/manifests.ts";

const says = "Deployment bookshop-dev/catalogue";
const data = { name: "data", emptyDir: {} };

/** A Deployment of one container. */
function container(fields: object, pod: object = {}): Manifest {
  return deployment({ containers: [fields], ...pod });
}

function workload(kind: string, pod: object, spec: object = {}): Manifest {
  const template = { spec: { containers: [{ name: "catalogue" }], ...pod } };
  const own = { template, ...spec };
  return manifest({ apiVersion: "v1", kind, spec: kind === "CronJob" ? { jobTemplate: { spec: own } } : own });
}

function found(...manifests: Manifest[]): string[] {
  return reported(podConsistent, manifests);
}

const ownName = "hint: give each a name of its own, or take one out";

describe("pod-consistent", () => {
  test("lets a Pod pass with everything in order", () => {
    const probe = { httpGet: { port: "http" }, initialDelaySeconds: 0, successThreshold: 1 };
    const full = {
      env: [
        { name: "A", value: "1" },
        { name: "EMPTY", value: "" },
        { name: "BARE" },
        { name: "B", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
        { name: "C", value: "", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
      ],
      envFrom: [{ prefix: "X_", configMapRef: { name: "c" } }, { secretRef: { name: "s" } }],
      volumeMounts: [
        { name: "data", mountPath: "/data", subPath: "a..b/c" },
        { name: "data", mountPath: "/more" },
      ],
      volumeDevices: [{ name: "disk", devicePath: "/dev/disk" }],
      livenessProbe: probe,
      readinessProbe: { ...probe, successThreshold: 3 },
      startupProbe: { grpc: { port: 1 } },
      lifecycle: { preStop: { sleep: { seconds: 5 } }, postStart: { exec: { command: ["true"] } } },
    };
    const initContainers = [
      { name: "wait" },
      { name: "logs", restartPolicy: "Always", readinessProbe: probe, lifecycle: { preStop: { exec: {} } } },
    ];
    const volumes = [data, { name: "disk", persistentVolumeClaim: { claimName: "disk" } }, { name: "bare" }];
    expect(found(container(full, { initContainers, volumes, terminationGracePeriodSeconds: 0, restartPolicy: "Always" }))).toEqual([]);
  });

  test.each([
    ["containers", { containers: [{}, {}] }, "containers 'catalogue'"],
    ["a container and an init container", { initContainers: [{ name: "catalogue" }] }, "containers 'catalogue'"],
    ["volumes", { volumes: [data, data, data] }, "volumes 'data'"],
  ])("reports two %s of one name, once", (_title, pod, what) => {
    expect(found(deployment(pod))).toEqual([`${says} has two ${what}\n${ownName}`]);
  });

  test.each([
    [
      "ports",
      {
        ports: [
          { name: "http", containerPort: 80 },
          { name: "http", containerPort: 81 },
        ],
      },
      "ports 'http'",
    ],
    [
      "variables",
      {
        env: [
          { name: "A", value: "1" },
          { name: "A", value: "2" },
        ],
      },
      "variables 'A'",
    ],
    [
      "mounts",
      {
        volumeMounts: [
          { name: "data", mountPath: "/a" },
          { name: "data", mountPath: "/a" },
        ],
      },
      "mounts at '/a'",
    ],
    [
      "a mount and a device",
      { volumeMounts: [{ name: "data", mountPath: "/a" }], volumeDevices: [{ name: "data", devicePath: "/a" }] },
      "mounts at '/a'",
    ],
  ])("reports two %s of one container with one name", (_title, fields, what) => {
    expect(found(container(fields, { volumes: [data] }))).toEqual([`${says}: container 'catalogue' has two ${what}\n${ownName}`]);
  });

  test("does not take ports without a name for two of one name", () => {
    expect(found(container({ ports: [{ containerPort: 80 }, { containerPort: 81 }] }))).toEqual([]);
  });

  test("reports a mount of a volume that the Pod has not, with the nearest", () => {
    const mounts = {
      volumeMounts: [
        { name: "date", mountPath: "/a" },
        { name: "date", mountPath: "/b" },
      ],
    };
    const message = `${says}: container 'catalogue' mounts volume 'date', which the Pod has not\nhint: add it under volumes`;
    expect(found(container(mounts))).toEqual([message]);
    expect(found(container(mounts, { volumes: [data] }))).toEqual([`${message}, or mend the name; the nearest there: 'data'`]);
    expect(found(container({ volumeDevices: [{ name: "date", devicePath: "/dev/a" }] }))).toEqual([message]);
    expect(found(deployment({ initContainers: [{ name: "init", ...mounts }] }))).toEqual([
      message.replace("'catalogue' mounts", "'init' mounts"),
    ]);
  });

  test("counts the claims of a StatefulSet, and of nobody else, as volumes", () => {
    const containers = [{ name: "stock", volumeMounts: [{ name: "data", mountPath: "/data" }] }];
    const volumeClaimTemplates = [{ metadata: { name: "data" } }];
    expect(found(workload("StatefulSet", { containers }, { volumeClaimTemplates }))).toEqual([]);
    expect(found(workload("Deployment", { containers }, { volumeClaimTemplates }))).toHaveLength(1);
  });

  test.each(["../secret", "a/../../b", "/etc", ".."])("reports a path that leads out of a volume: %s", (path) => {
    const hint = "hint: a path inside a volume has no '..' and does not begin with '/'";
    for (const field of ["subPath", "subPathExpr"]) {
      expect(found(container({ volumeMounts: [{ name: "data", mountPath: "/a", [field]: path }] }, { volumes: [data] }))).toEqual([
        `${says}: container 'catalogue' mounts '${path}' of a volume at '/a'\n${hint}`,
      ]);
    }
  });

  test("reports a mount with two paths inside its volume", () => {
    expect(
      found(container({ volumeMounts: [{ name: "data", mountPath: "/a", subPath: "b", subPathExpr: "c" }] }, { volumes: [data] })),
    ).toEqual([`${says}: container 'catalogue' has a subPath and a subPathExpr for '/a'\nhint: take one of the two out`]);
  });

  test.each(["livenessProbe", "readinessProbe", "startupProbe"])("reports a probe on an init container that ends: %s", (probe) => {
    expect(found(deployment({ initContainers: [{ name: "wait", [probe]: { exec: {} } }] }))).toEqual([
      `${says}: the ${probe} of container 'wait' is on an init container that ends\nhint: take it out, or let the container run on with restartPolicy: Always`,
    ]);
  });

  test("reports a lifecycle on an init container that ends", () => {
    expect(found(deployment({ initContainers: [{ name: "wait", lifecycle: { preStop: { exec: {} } } }] }))).toEqual([
      `${says}: container 'wait' has a lifecycle, but is an init container that ends\nhint: take it out`,
    ]);
  });

  test.each(["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"])(
    "reports a probe with a negative number: %s",
    (field) => {
      expect(found(container({ readinessProbe: { exec: {}, [field]: -1 } }))).toEqual([
        `${says}: the readinessProbe of container 'catalogue' has ${field} -1\nhint: say 0 or more, or leave it out`,
      ]);
    },
  );

  test.each(["livenessProbe", "startupProbe"])("reports a probe that asks for several successes: %s", (probe) => {
    expect(found(container({ [probe]: { exec: {}, successThreshold: 2 } }))).toEqual([
      `${says}: the ${probe} of container 'catalogue' has successThreshold 2\nhint: only a readinessProbe may ask for more than one success`,
    ]);
  });

  test("reports a probe's own grace period where it is none", () => {
    const of = (probe: string): string => `${says}: the ${probe} of container 'catalogue' has terminationGracePeriodSeconds`;
    expect(found(container({ livenessProbe: { exec: {}, terminationGracePeriodSeconds: 1 } }))).toEqual([]);
    expect(found(container({ livenessProbe: { exec: {}, terminationGracePeriodSeconds: 0 } }))).toEqual([
      `${of("livenessProbe")} 0\nhint: say 1 or more, or leave it out`,
    ]);
    expect(found(container({ readinessProbe: { exec: {}, terminationGracePeriodSeconds: 1 } }))).toEqual([
      `${of("readinessProbe")}\nhint: a readiness probe ends nothing: take it out`,
    ]);
  });

  test("reports a probe that asks nothing, or two things", () => {
    const hint = "hint: say one of exec, httpGet, tcpSocket or grpc";
    expect(found(container({ livenessProbe: { periodSeconds: 5 } }))).toEqual([
      `${says}: the livenessProbe of container 'catalogue' does nothing\n${hint}`,
    ]);
    expect(found(container({ livenessProbe: { exec: {}, httpGet: {} } }))).toEqual([
      `${says}: the livenessProbe of container 'catalogue' does more than one thing: exec, httpGet\n${hint}`,
    ]);
  });

  test.each(["postStart", "preStop"])("reports a handler that does nothing, or two things: %s", (handler) => {
    const hint = "hint: say one of exec, httpGet or sleep";
    expect(found(container({ lifecycle: { [handler]: {} } }))).toEqual([
      `${says}: ${handler} of container 'catalogue' does nothing\n${hint}`,
    ]);
    expect(found(container({ lifecycle: { [handler]: { exec: {}, sleep: {} } } }))).toEqual([
      `${says}: ${handler} of container 'catalogue' does more than one thing: exec, sleep\n${hint}`,
    ]);
  });

  test("reports a volume that comes from two things", () => {
    expect(found(deployment({ volumes: [{ ...data, configMap: { name: "c" } }] }))).toEqual([
      `${says}: volume 'data' comes from emptyDir and configMap\nhint: make a volume of each`,
    ]);
  });

  test.each([
    [{ value: "1", valueFrom: { fieldRef: {} } }, "value and fieldRef"],
    [{ valueFrom: { fieldRef: {}, secretKeyRef: {} } }, "fieldRef and secretKeyRef"],
    [{ valueFrom: {} }, "nothing"],
  ])("reports a variable that does not come from one thing: %j", (fields, sources) => {
    expect(found(container({ env: [{ name: "A", ...fields }] }))).toEqual([
      `${says}: variable 'A' of container 'catalogue' comes from ${sources}\nhint: say either value or one source under valueFrom`,
    ]);
  });

  test.each([
    [{ configMapRef: {}, secretRef: {} }, "configMapRef and secretRef"],
    [{ prefix: "X_" }, "nothing"],
  ])("reports an entry of envFrom that does not come from one thing: %j", (entry, sources) => {
    expect(found(container({ envFrom: [entry] }))).toEqual([
      `${says}: an entry of envFrom of container 'catalogue' comes from ${sources}\nhint: say one of configMapRef or secretRef in each entry`,
    ]);
  });

  test.each(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"])("reports Pods that end, of a %s", (kind) => {
    expect(found(workload(kind, { restartPolicy: "OnFailure" }))).toEqual([
      `${kind} bookshop-dev/catalogue has restartPolicy OnFailure\nhint: Pods of a ${kind} always restart: leave it out, or make it a Job`,
    ]);
    expect(found(workload(kind, { activeDeadlineSeconds: 60 }))).toEqual([
      `${kind} bookshop-dev/catalogue has activeDeadlineSeconds for its Pods\nhint: Pods of a ${kind} run for ever: take it out, or make it a Job`,
    ]);
  });

  test.each(["Job", "CronJob"])("reports Pods that never end, of a %s", (kind) => {
    const message = `${kind} bookshop-dev/catalogue has restartPolicy Always, which is filled in unless it is said\nhint: say OnFailure or Never`;
    expect(found(workload(kind, {}))).toEqual([message]);
    expect(found(workload(kind, { restartPolicy: "Always" }))).toEqual([message]);
    expect(found(workload(kind, { restartPolicy: "OnFailure", activeDeadlineSeconds: 60 }))).toEqual([]);
    expect(found(workload(kind, { restartPolicy: "Never" }, { podFailurePolicy: {} }))).toEqual([]);
    expect(found(workload(kind, { restartPolicy: "OnFailure" }, { podFailurePolicy: {} }))).toEqual([
      `${kind} bookshop-dev/catalogue has a podFailurePolicy and restartPolicy OnFailure\nhint: say Never`,
    ]);
  });

  test("lets a Pod pass whatever it says of its end", () => {
    const pod = manifest({ kind: "Pod", spec: { containers: [], restartPolicy: "Never", activeDeadlineSeconds: 60 } });
    expect(found(pod)).toEqual([]);
  });

  test("reports a negative grace period", () => {
    expect(found(deployment({ terminationGracePeriodSeconds: -1 }))).toEqual([
      `${says} has terminationGracePeriodSeconds -1\nhint: say 0 or more`,
    ]);
  });

  test("reports a hostPort other than the port on the node's own network", () => {
    const ports = [
      { containerPort: 8080, hostPort: 80 },
      { containerPort: 9090, hostPort: 9090 },
    ];
    expect(found(container({ ports }))).toEqual([]);
    expect(found(container({ ports }, { hostNetwork: true }))).toEqual([
      `${says}: container 'catalogue' has hostPort 80 for port 8080 on the node's own network\nhint: leave hostPort out: it is the port itself`,
    ]);
  });

  test("reports a port of the node that is taken twice, on one address and protocol", () => {
    const two = (first: object, second: object, pod: object = {}): Manifest =>
      deployment({
        containers: [{ ports: [{ containerPort: 80, ...first }] }, { name: "proxy", ports: [{ containerPort: 80, ...second }] }],
        ...pod,
      });
    const message = (port: string): string => `${says} takes port ${port} of the node twice\nhint: give one of the two another port`;
    expect(found(two({ hostPort: 80 }, { hostPort: 80 }))).toEqual([message("80/TCP")]);
    expect(found(two({}, {}, { hostNetwork: true }))).toEqual([message("80/TCP")]);
    expect(found(two({ hostPort: 80, hostIP: "10.0.0.1" }, { hostPort: 80, hostIP: "10.0.0.1" }))).toEqual([message("10.0.0.1:80/TCP")]);
    expect(found(two({ hostPort: 80, protocol: "UDP" }, { hostPort: 80 }))).toEqual([]);
    expect(found(two({ hostPort: 80, hostIP: "10.0.0.1" }, { hostPort: 80 }))).toEqual([]);
    expect(found(two({}, {}))).toEqual([]);
  });

  test("does not trip over parts that are none", () => {
    const broken = { ports: "x", env: "x", envFrom: 1, volumeMounts: [1], volumeDevices: "x", lifecycle: "x", livenessProbe: 1 };
    expect(() =>
      found(container(broken, { volumes: "x", initContainers: 1 }), workload("StatefulSet", {}, { volumeClaimTemplates: "x" })),
    ).not.toThrow();
    expect(() =>
      found(manifest({ kind: "Job", spec: "x" }), manifest({ kind: "Deployment", spec: { template: { spec: "x" } } })),
    ).not.toThrow();
    expect(() => found(container({ volumeMounts: [{ name: 1, subPath: 2 }] }))).not.toThrow();
  });
});
