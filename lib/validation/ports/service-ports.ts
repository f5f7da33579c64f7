import { isEmptySelector, type Labels } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { portsOf } from "../../manifest/pod-spec.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { servicePorts } from "../../manifest/service-port.ts";
import type { Finding } from "../rule.ts";
import { nearestLabels } from "./nearest-labels.ts";
import { portList, portName } from "./port-list.ts";

/** Services that select no Pod, or send to a named port that a selected Pod has not. */
export function findServicePorts(facts: RepositoryFacts): Finding[] {
  return facts.ofKind("Service").flatMap((service) => findingsOf(facts, service));
}

function findingsOf(facts: RepositoryFacts, service: Manifest): Finding[] {
  const { selector: matchLabels = {} } = (service.document.spec ?? {}) as { readonly selector?: Labels };
  const place = placeOf(service);
  // somebody else keeps the endpoints of a Service without a selector
  if (isEmptySelector({ matchLabels }) || !facts.declares(place)) return [];
  const name = objectName(service.document);
  const workloads = facts.pods.select(place, { matchLabels });
  if (workloads.length === 0) {
    return [
      {
        message: `${name} selects Pods that no workload makes`,
        hint: nearestLabels("Pod", { matchLabels }, facts.pods.labelsIn(place)),
        manifest: service,
      },
    ];
  }
  return servicePorts(service.document).flatMap(({ name: portOfService, port, targetPort }) => {
    if (typeof targetPort !== "string") return [];
    return workloads.flatMap(({ manifest, template }): Finding[] => {
      const ports = portsOf(template.spec);
      if (ports.some((known) => known.name === targetPort)) return [];
      return [
        {
          message: `${name} sends port ${portName(portOfService ?? port)} to port '${targetPort}' of ${objectName(manifest.document)}, which has no such port`,
          hint: portList(
            `${manifest.document.kind} '${manifest.document.metadata.name}' has`,
            ports.map((known) => ({ ...known, number: known.containerPort })),
          ),
          manifest: service,
        },
      ];
    });
  });
}
