import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { readinessProbe } from "../../../lib/validation/rules/readiness-probe.ts";
import { deployment, manifest, reported } from "../../support/manifests.ts";

const selector = { "app.kubernetes.io/name": "catalogue" };
const ready = { httpGet: { path: "/readyz", port: "http" } };
const hint = 'hint: say readinessProbe: Probe.httpGet("/readyz"), or whatever tells that it can answer';

function service(port: object = { port: 80, targetPort: "http" }, spec: object = {}, name = "catalogue"): Manifest {
  return manifest({ kind: "Service", metadata: { name }, spec: { selector, ports: [port], ...spec } });
}

function unready(container: string, by = "catalogue"): string {
  return `Deployment bookshop-dev/catalogue has no readinessProbe on container '${container}', which Service '${by}' leads to\n${hint}`;
}

describe("readiness-probe", () => {
  test("lets containers pass that say when they are ready, and those that no Service leads to", () => {
    expect(reported(readinessProbe, [deployment({ containers: [{ readinessProbe: ready }] }), service()])).toEqual([]);
    expect(reported(readinessProbe, [deployment()])).toEqual([]);
    const beside = { name: "clock", ports: [] };
    expect(reported(readinessProbe, [deployment({ containers: [{ readinessProbe: ready }, beside] }), service()])).toEqual([]);
  });

  test.each([
    ["by name", { port: 80, targetPort: "http" }],
    ["by number", { port: 80, targetPort: 8080 }],
    ["by the Service's own number", { port: 8080 }],
    ["by a number that the only container does not declare", { port: 9999 }],
  ])("reports a container that a Service leads to %s", (_title, port) => {
    expect(reported(readinessProbe, [deployment(), service(port)])).toEqual([unready("catalogue")]);
  });

  test("reports the container that serves the port, a sidecar's included, and no other", () => {
    const admin = [{ name: "admin", containerPort: 9090 }];
    const two = [{}, { name: "back-office", ports: admin }];
    expect(reported(readinessProbe, [deployment({ containers: two }), service({ port: 9090, targetPort: "admin" })])).toEqual([
      unready("back-office"),
    ]);
    expect(reported(readinessProbe, [deployment({ containers: two }), service({ port: 7000 })])).toEqual([]);
    const sidecar = (restartPolicy?: string): Manifest =>
      deployment({
        containers: [{ readinessProbe: ready }],
        initContainers: [{ name: "proxy", image: "proxy", ports: admin, restartPolicy }],
      });
    expect(reported(readinessProbe, [sidecar("Always"), service({ port: 9090 })])).toEqual([unready("proxy")]);
    expect(reported(readinessProbe, [sidecar(), service({ port: 9090 })])).toEqual([]);
  });

  test("reports a container once, whatever the number of Services", () => {
    expect(reported(readinessProbe, [deployment(), service(), service(undefined, {}, "books")])).toEqual([unready("catalogue")]);
  });

  test("says nothing of Services that lead to Pods which are not ready, or that select none", () => {
    expect(reported(readinessProbe, [deployment(), service(undefined, { publishNotReadyAddresses: true })])).toEqual([]);
    expect(reported(readinessProbe, [deployment(), service(undefined, { selector: undefined })])).toEqual([]);
  });

  test("says nothing of Jobs", () => {
    const { document } = deployment();
    const job = manifest({ apiVersion: "batch/v1", kind: "Job", spec: document.spec });
    expect(reported(readinessProbe, [job, service()])).toEqual([]);
  });

  test("reports a livenessProbe that gives up before the readinessProbe asks", () => {
    const container = (livenessProbe: object, others: object = {}): Manifest =>
      deployment({ containers: [{ livenessProbe, readinessProbe: { ...ready, initialDelaySeconds: 21 }, ...others }] });
    const says =
      "Deployment bookshop-dev/catalogue restarts container 'catalogue' by its livenessProbe before its readinessProbe asks at all, got 20 and 21 seconds\nhint: say startupProbe with as much time as a slow start takes";
    expect(reported(readinessProbe, [container({ tcpSocket: { port: "http" } })])).toEqual([says]);
    expect(reported(readinessProbe, [container({ tcpSocket: { port: "http" }, initialDelaySeconds: 1 })])).toEqual([]);
    expect(reported(readinessProbe, [container({ tcpSocket: { port: "http" }, periodSeconds: 11 })])).toEqual([]);
    expect(reported(readinessProbe, [container({ tcpSocket: { port: "http" }, failureThreshold: 4 })])).toEqual([]);
    expect(reported(readinessProbe, [container({ tcpSocket: { port: "http" } }, { startupProbe: ready })])).toEqual([]);
  });

  test("warns of a livenessProbe that asks what the readinessProbe asks, with no more patience", () => {
    const container = (livenessProbe: object): Manifest => deployment({ containers: [{ livenessProbe, readinessProbe: ready }] });
    const says =
      "Deployment bookshop-dev/catalogue asks the livenessProbe and the readinessProbe of container 'catalogue' the same, and restarts it as soon as it is not ready\nhint: let livenessProbe ask less, or give it a higher failureThreshold than readinessProbe";
    expect(reported(readinessProbe, [container({ httpGet: { port: "http", path: "/readyz" } })])).toEqual([says]);
    expect(reported(readinessProbe, [container({ ...ready, failureThreshold: 6 })])).toEqual([]);
    expect(reported(readinessProbe, [container({ ...ready, periodSeconds: 60 })])).toEqual([]);
    expect(reported(readinessProbe, [container({ httpGet: { path: "/healthz", port: "http" } })])).toEqual([]);
    expect(readinessProbe.check(new RepositoryFacts([container(ready)]))).toMatchObject([{ severity: "warning" }]);
  });
});
