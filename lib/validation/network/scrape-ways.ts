import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import type { LabelSelector } from "../../manifest/label-selector.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { placeIn, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { type NeededWay, podPorts, podPortsOfService, type PodPort } from "./needed-way.ts";

/** @see https://prometheus-operator.dev/docs/api-reference/api/ */
interface MonitorSpec {
  readonly selector?: LabelSelector;
  readonly namespaceSelector?: { readonly matchNames?: readonly string[] };
  readonly endpoints?: readonly Endpoint[];
  readonly podMetricsEndpoints?: readonly Endpoint[];
}

interface Endpoint {
  /** A port of the Service, or of the Pods. */
  readonly port?: string;
  /** Of the Pods. */
  readonly targetPort?: string | number;
  readonly portNumber?: number;
}

/** What Prometheus needs for every ServiceMonitor and PodMonitor. */
export function* scrapeWays(facts: RepositoryFacts): Iterable<NeededWay> {
  for (const kind of ["ServiceMonitor", "PodMonitor"]) {
    for (const monitor of facts.ofKind(`monitoring.coreos.com/${kind}`)) {
      const scraper = facts.definitions?.clusterOf(monitor.owner)?.scraper;
      if (scraper === undefined) continue;
      const purpose = `Prometheus, which ${kind} '${monitor.document.metadata.name}' tells to scrape it`;
      const need = { purpose, hint: "let the cluster's scraper in on that port", shared: false };
      for (const { workload, port } of targetsOf(facts, monitor)) {
        yield { workload, direction: "ingress", peer: scraper, port, protocol: "TCP", need };
      }
    }
  }
}

function targetsOf(facts: RepositoryFacts, { owner, document }: Manifest): PodPort[] {
  const spec = fieldsOf(document.spec as MonitorSpec | undefined);
  const { matchNames } = fieldsOf(spec.namespaceSelector);
  const namespaces = matchNames === undefined ? [document.metadata.namespace ?? ""] : textsOf(matchNames);
  const selector = fieldsOf(spec.selector);
  const targets: PodPort[] = [];
  for (const namespace of namespaces) {
    const place = placeIn(owner, namespace);
    if (document.kind === "PodMonitor") {
      for (const workload of facts.pods.select(place, selector)) {
        for (const { port, portNumber, targetPort } of entriesOf(spec.podMetricsEndpoints))
          targets.push(...podPorts(workload, port ?? portNumber ?? targetPort));
      }
    } else {
      for (const service of facts.services.select(place, selector)) {
        for (const endpoint of entriesOf(spec.endpoints)) targets.push(...scrapedPorts(facts, service, endpoint));
      }
    }
  }
  return targets;
}

function scrapedPorts(facts: RepositoryFacts, service: Manifest, { port, targetPort }: Endpoint): PodPort[] {
  if (targetPort === undefined) return podPortsOfService(facts, service, port);
  return podPortsOfService(facts, service, undefined).flatMap(({ workload }) => podPorts(workload, targetPort));
}
