import { fieldsOf } from "../../manifest/fields-of.ts";
import type { HandlerDocument, WrittenContainer } from "../../manifest/written-pod.ts";
import type { PodReport } from "./pod-report.ts";

/** What a probe or lifecycle handler may do: exactly one of these. */
const handlers = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"] as const;

const probes = ["livenessProbe", "readinessProbe", "startupProbe"] as const;

const neverNegative = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"] as const;

/** Probes and lifecycle handlers that the API server refuses. @param ends - whether the container is an init container that ends */
export function reportProbes(container: WrittenContainer, ends: boolean, report: PodReport): void {
  for (const probe of probes) {
    const written = container[probe];
    if (written === undefined) continue;
    const of: PodReport = (what, hint) => {
      report(`the ${probe} of container '${container.name}' ${what}`, hint);
    };
    if (ends) of("is on an init container that ends", "take it out, or let the container run on with restartPolicy: Always");
    else reportProbe(probe, fieldsOf(written as HandlerDocument), of);
  }
  reportLifecycle(container, ends, report);
}

function reportProbe(probe: (typeof probes)[number], fields: HandlerDocument, report: PodReport): void {
  reportHandlers(fields, "say one of exec, httpGet, tcpSocket or grpc", report);
  for (const field of neverNegative) {
    const value = fields[field];
    if (typeof value === "number" && value < 0) report(`has ${field} ${value}`, "say 0 or more, or leave it out");
  }
  const { successThreshold, terminationGracePeriodSeconds: grace } = fields;
  if (probe === "readinessProbe") {
    if (grace !== undefined) report("has terminationGracePeriodSeconds", "a readiness probe ends nothing: take it out");
    return;
  }
  // 0 is filled in with 1
  if (typeof successThreshold === "number" && successThreshold > 1) {
    report(`has successThreshold ${successThreshold}`, "only a readinessProbe may ask for more than one success");
  }
  if (typeof grace === "number" && grace <= 0) report(`has terminationGracePeriodSeconds ${grace}`, "say 1 or more, or leave it out");
}

function reportLifecycle({ name, lifecycle }: WrittenContainer, ends: boolean, report: PodReport): void {
  if (lifecycle === undefined) return;
  if (ends) {
    report(`container '${name}' has a lifecycle, but is an init container that ends`, "take it out");
    return;
  }
  for (const moment of ["postStart", "preStop"] as const) {
    const handler = lifecycle[moment];
    if (handler === undefined) continue;
    reportHandlers(fieldsOf(handler), "say one of exec, httpGet or sleep", (what, hint) => {
      report(`${moment} of container '${name}' ${what}`, hint);
    });
  }
}

function reportHandlers(fields: HandlerDocument, hint: string, report: PodReport): void {
  let said = 0;
  for (const handler of handlers) if (fields[handler] !== undefined) said++;
  if (said === 0) report("does nothing", hint);
  if (said > 1) report(`does more than one thing: ${handlers.filter((handler) => fields[handler] !== undefined).join(", ")}`, hint);
}
