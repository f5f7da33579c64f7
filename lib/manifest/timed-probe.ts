import type { ContainerDocument } from "./pod-spec.ts";
import { fieldsOf } from "./fields-of.ts";

/** What a probe asks and how patient it is. @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe */
export interface TimedProbe {
  /** The question: `httpGet`, `tcpSocket`, `exec` or `grpc`, as it stands. */
  readonly question: Readonly<Record<string, unknown>>;
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly failureThreshold: number;
}

const questions = ["httpGet", "tcpSocket", "exec", "grpc"] as const;

/** A probe of a container, with the API's defaults; `undefined` where there is none. */
export function timedProbe(
  container: ContainerDocument,
  name: "livenessProbe" | "readinessProbe" | "startupProbe",
): TimedProbe | undefined {
  if (container[name] === undefined) return undefined;
  const probe: Readonly<Record<string, unknown>> = fieldsOf(container[name]);
  return {
    question: Object.fromEntries(questions.filter((kind) => probe[kind] !== undefined).map((kind) => [kind, probe[kind]])),
    initialDelaySeconds: numberOr(0, probe.initialDelaySeconds),
    periodSeconds: numberOr(10, probe.periodSeconds),
    failureThreshold: numberOr(3, probe.failureThreshold),
  };
}

/** How many seconds after its start a container that never answers is given up. */
export function patienceOf({ initialDelaySeconds, periodSeconds, failureThreshold }: TimedProbe): number {
  return initialDelaySeconds + periodSeconds * (failureThreshold - 1);
}

function numberOr(absent: number, value: unknown): number {
  return typeof value === "number" ? value : absent;
}
