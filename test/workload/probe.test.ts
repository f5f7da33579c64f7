import { describe, expect, test } from "@jest/globals";
import { Probe, type ProbeTiming } from "../../lib/workload/probe.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { podOf, renderUnit } from "./rendered-unit.ts";

/** As the API server sees it: an L1 object drops what it does not know. */
function render(livenessProbe: Probe, ports: Record<string, number> = { http: 8080, health: 9000 }) {
  return podOf(renderUnit(Worker, { ports, livenessProbe }), "Deployment catalogue").spec.containers[0]?.livenessProbe;
}

const everyTiming: Required<ProbeTiming> = {
  initialDelaySeconds: 1,
  periodSeconds: 2,
  timeoutSeconds: 3,
  failureThreshold: 4,
  successThreshold: 5,
};

describe("Probe", () => {
  test.each([
    ["a GET", Probe.httpGet("/healthz"), { httpGet: { path: "/healthz", port: "http" } }],
    ["a GET of a port", Probe.httpGet("/healthz", { port: "health" }), { httpGet: { path: "/healthz", port: "health" } }],
    ["a connection", Probe.tcpSocket(), { tcpSocket: { port: "http" } }],
    ["a connection to a port", Probe.tcpSocket({ port: "health" }), { tcpSocket: { port: "health" } }],
    ["a command", Probe.exec(["/app/ok", "--fast"]), { exec: { command: ["/app/ok", "--fast"] } }],
    ["gRPC", Probe.grpc(), { grpc: { port: 8080 } }],
    ["gRPC of a service on a port", Probe.grpc({ port: "health", service: "shelf" }), { grpc: { port: 9000, service: "shelf" } }],
  ])("asks by %s, at Kubernetes' own pace", (_, probe, rendered) => {
    expect(render(probe)).toEqual(rendered);
  });

  test("no probe is nothing", () => {
    expect(render(Probe.none())).toBeUndefined();
  });

  test.each([
    ["httpGet", Probe.httpGet("/healthz", everyTiming)],
    ["tcpSocket", Probe.tcpSocket(everyTiming)],
    ["exec", Probe.exec(["/app/ok"], everyTiming)],
    ["grpc", Probe.grpc(everyTiming)],
  ])("every timing reaches the manifest: %s", (action, probe) => {
    expect(render(probe)).toEqual({ ...everyTiming, [action]: expect.anything() as object });
  });

  test("fails for a port that the container has not", () => {
    expect(caught(() => render(Probe.httpGet("/healthz", { port: "helath" })))).toBe(
      "a probe of container 'catalogue' asks port 'helath', which the container has not\nhint: its ports are: 'http', 'health'",
    );
  });

  test("fails for the first port of a container without ports", () => {
    expect(caught(() => render(Probe.tcpSocket(), {}))).toBe(
      "a probe of container 'catalogue' asks port '(the first)', which the container has not\nhint: its ports are: none",
    );
  });
});
