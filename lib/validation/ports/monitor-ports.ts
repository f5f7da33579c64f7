import type { LabelSelector } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeIn, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { servicePorts } from "../../manifest/service-port.ts";
import type { Finding } from "../rule.ts";
import { nearestLabels } from "./nearest-labels.ts";
import { portList } from "./port-list.ts";

/** @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec */
interface ServiceMonitorSpec {
  readonly selector?: LabelSelector;
  /** @default the monitor's own namespace */
  readonly namespaceSelector?: { readonly any?: boolean; readonly matchNames?: readonly string[] };
  readonly endpoints?: readonly { readonly port?: string }[];
}

/** ServiceMonitors that select no Service, or scrape a port that no selected Service has. */
export function findMonitorPorts(facts: RepositoryFacts): Finding[] {
  return facts.ofKind("monitoring.coreos.com/ServiceMonitor").flatMap((monitor) => findingsOf(facts, monitor));
}

function findingsOf(facts: RepositoryFacts, monitor: Manifest): Finding[] {
  const { selector = {}, namespaceSelector, endpoints = [] } = (monitor.document.spec ?? {}) as ServiceMonitorSpec;
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
