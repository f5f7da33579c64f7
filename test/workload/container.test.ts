import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import {
  type ContainerProps,
  type FurtherContainerProps,
  type InitContainerProps,
  toKubernetesContainer,
} from "../../lib/workload/container.ts";
import { EnvSource } from "../../lib/workload/env-var.ts";
import { Probe } from "../../lib/workload/probe.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { expectEveryPropToCount, podOf, renderUnit } from "./rendered-unit.ts";

const volumes = { tmp: Volume.emptyDir(), covers: Volume.persistentVolumeClaim("covers") };
const place = { name: "catalogue", image: "registry.example/bookshop/catalogue:1.0.0", exemption: undefined };

/** As the API server sees it: an L1 object drops what it does not know. */
const render = (main: ContainerProps) => podOf(renderUnit(Worker, { volumes, ...main }), "Deployment catalogue").spec.containers[0];

const every: Required<ContainerProps> = {
  command: ["/app/catalogue"],
  args: ["--verbose"],
  env: { CURRENCY: "EUR" },
  envFrom: [EnvSource.secret("mail")],
  ports: { http: 8080, admin: 9091 },
  resources: { requests: { cpu: "1" } },
  livenessProbe: Probe.httpGet("/live"),
  readinessProbe: Probe.httpGet("/ready"),
  startupProbe: Probe.httpGet("/started"),
  preStop: ["/bin/sleep", "5"],
  volumeMounts: { "/tmp": "tmp", "/covers": "covers" },
  workingDir: "/app",
};

describe("toKubernetesContainer", () => {
  test("says nothing unless asked, empty lists included", () => {
    const bare = {
      name: "catalogue",
      image: "registry.example/bookshop/catalogue:sha-1234567",
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true },
    };
    expect(render({})).toEqual(bare);
    expect(render({ command: [], args: [], env: {}, envFrom: [], ports: {}, volumeMounts: {} })).toEqual(bare);
  });

  test("every prop reaches the manifest, mounts by path", () => {
    expect(render(every)).toEqual({
      name: "catalogue",
      image: "registry.example/bookshop/catalogue:sha-1234567",
      command: ["/app/catalogue"],
      args: ["--verbose"],
      env: [{ name: "CURRENCY", value: "EUR" }],
      envFrom: [{ secretRef: { name: "mail" } }],
      ports: [
        { name: "http", containerPort: 8080 },
        { name: "admin", containerPort: 9091 },
      ],
      resources: { requests: { cpu: "1" } },
      livenessProbe: { httpGet: { path: "/live", port: "http" } },
      readinessProbe: { httpGet: { path: "/ready", port: "http" } },
      startupProbe: { httpGet: { path: "/started", port: "http" } },
      lifecycle: { preStop: { exec: { command: ["/bin/sleep", "5"] } } },
      volumeMounts: [
        { name: "covers", mountPath: "/covers" },
        { name: "tmp", mountPath: "/tmp" },
      ],
      workingDir: "/app",
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true },
    });
    expectEveryPropToCount<ContainerProps>(render, every);
  });

  test("every prop of a further container makes a difference", () => {
    const further: Required<FurtherContainerProps> = { ...every, mainImage: true };
    const asFurther = (own: FurtherContainerProps) => renderUnit(Worker, { volumes, containers: { "log-shipper": own } });
    expectEveryPropToCount<FurtherContainerProps>(asFurther, further);
    const asInit = (own: InitContainerProps) => renderUnit(Worker, { volumes, initContainers: { "log-shipper": own } });
    expectEveryPropToCount<InitContainerProps>(asInit, { ...further, restartPolicy: "Always" });
  });

  test.each([
    ["http", 0],
    ["http", 65536],
    ["http", 80.5],
    ["http", Number.NaN],
  ])("fails for port '%s' with the number %p", (name, number) => {
    expect(caught(() => toKubernetesContainer({ ports: { [name]: number } }, place))).toBe(
      `port '${name}' of container 'catalogue' is not a port number, got ${number}\nhint: give a whole number from 1 to 65535`,
    );
  });

  test.each(["", "8080", "HTTP", "-http", "http-", "ht--tp", "a-name-too-long-", "sixteen-letters-"])(
    "fails for the port name '%s'",
    (name) => {
      expect(caught(() => toKubernetesContainer({ ports: { [name]: 8080 } }, place))).toBe(
        `'${name}' of container 'catalogue' is not a port name\n` +
          "hint: use at most 15 lower-case letters, digits and single '-', with at least one letter",
      );
    },
  );

  test.each(["h", "http2", "2http", "fifteen-letters"])("takes the port name '%s'", (name) => {
    expect(render({ ports: { [name]: 8080 } })?.ports).toEqual([{ name, containerPort: 8080 }]);
  });

  test("fails for a mount and a config file at one path", () => {
    const props = { volumes, volumeMounts: { "/etc/prices": "tmp" }, configFiles: { "/etc/prices": "poetry: 9" } };
    expect(caught(() => renderUnit(Worker, { ...props, egress: { all: { to: NetworkPeer.namespace("mail"), ports: [25] } } }))).toBe(
      "container 'catalogue' mounts two things at '/etc/prices'\nhint: volumeMounts, claims and configFiles share the container's paths",
    );
  });
});
