import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import type { LabelSelector } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placesOfOtherPods } from "../../manifest/pod-makers.ts";
import { placeIn, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { servicePorts } from "../../manifest/service-port.ts";
import type { Finding } from "../rule.ts";
import { nearestLabels } from "./nearest-labels.ts";
import { portList } from "./port-list.ts";

/** @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec */
interface MonitorSpec {
  readonly selector?: LabelSelector;
  /** @default the monitor's own namespace */
  readonly namespaceSelector?: { readonly any?: boolean; readonly matchNames?: readonly string[] };
  readonly endpoints?: readonly { readonly port?: string }[];
  /** Of a PodMonitor. */
  readonly podMetricsEndpoints?: readonly { readonly port?: string }[];
}

/** ServiceMonitors that select no Service, and monitors that scrape a port which nobody that they select has. */
export function findMonitorPorts(facts: RepositoryFacts): Finding[] {
  return [
    ...facts.ofKind("monitoring.coreos.com/ServiceMonitor").flatMap((monitor) => findingsOf(facts, monitor)),
    ...facts.ofKind("monitoring.coreos.com/PodMonitor").flatMap((monitor) => podFindings(facts, monitor)),
  ];
}

/** Selecting no Pod at all is for the rule of selectors to report. */
function podFindings(facts: RepositoryFacts, monitor: Manifest): Finding[] {
  const { selector = {}, namespaceSelector, podMetricsEndpoints } = fieldsOf(monitor.document.spec as MonitorSpec | undefined);
  const namespaces = namespaceSelector?.matchNames ?? [monitor.document.metadata.namespace ?? ""];
  const places = namespaces.map((name) => placeIn(monitor.owner, name));
  if (namespaceSelector?.any === true || !places.every((place) => facts.declares(place))) return [];
  const ports = places.flatMap((place) => facts.pods.select(place, selector)).flatMap((workload) => workload.ports);
  const others = placesOfOtherPods(facts);
  if (ports.length === 0 || places.some((place) => others.has(place))) return [];
  return entriesOf(podMetricsEndpoints)
    .filter(({ port }) => port !== undefined && ports.every((known) => known.name !== port))
    .map(({ port = "" }) => ({
      message: `${objectName(monitor.document)} scrapes port '${port}', which no Pod that it selects has`,
      hint: portList(
        "the selected have",
        ports.map((known) => ({ ...known, number: known.containerPort })),
      ),
      manifest: monitor,
    }));
}

function findingsOf(facts: RepositoryFacts, monitor: Manifest): Finding[] {
  const { selector = {}, namespaceSelector, endpoints = [] } = (monitor.document.spec ?? {}) as MonitorSpec;
  const namespaces = namespaceSelector?.matchNames ?? [monitor.document.metadata.namespace ?? ""];
  const places = namespaces.map((name) => placeIn(monitor.owner, name));
  // outside of the declared namespaces there may be Services that nobody here knows
  if (namespaceSelector?.any === true || !places.every((place) => facts.declares(place))) return [];
  const selected = places.flatMap((place) => facts.services.select(place, selector));
  const name = objectName(monitor.document);
  if (selected.length === 0) {
    const candidates = places.flatMap((place) => facts.services.labelsIn(place));
    return [{ message: `${name} selects no Service`, hint: nearestLabels("Service", selector, candidates), manifest: monitor }];
  }
  const ports = selected.flatMap(({ document }) => servicePorts(document));
  return endpoints
    .filter(({ port }) => port !== undefined && ports.every((known) => known.name !== port))
    .map(({ port = "" }) => ({
      message: `${name} scrapes port '${port}', which no Service that it selects has`,
      hint: portList(
        "the selected have",
        ports.map((known) => ({ ...known, number: known.port })),
      ),
      manifest: monitor,
    }));
}
