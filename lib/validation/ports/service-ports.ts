import { isEmptySelector, type Labels } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { type ContainerPort, portsOf } from "../../manifest/pod-spec.ts";
import { placeOf, type RepositoryFacts, type WorkloadFact } from "../../manifest/repository-facts.ts";
import { type ServicePort, servicePorts } from "../../manifest/service-port.ts";
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
  const workloads = facts.pods.select(place, { matchLabels });
  if (workloads.length === 0) {
    return [
      {
        message: `${objectName(service.document)} selects Pods that no workload makes`,
        hint: nearestLabels("Pod", { matchLabels }, facts.pods.labelsIn(place)),
        manifest: service,
      },
    ];
  }
  const findings: Finding[] = [];
  for (const port of servicePorts(service.document)) {
    if (typeof port.targetPort !== "string") continue;
    for (const workload of workloads) {
      const ports = portsOf(workload.template.spec);
      if (!ports.some(({ name }) => name === port.targetPort)) findings.push(missingTarget(service, port, workload, ports));
    }
  }
  return findings;
}

function missingTarget(
  service: Manifest,
  { name, port, targetPort }: ServicePort,
  { manifest }: WorkloadFact,
  ports: readonly ContainerPort[],
): Finding {
  const { kind, metadata } = manifest.document;
  return {
    message: `${objectName(service.document)} sends port ${portName(name ?? port)} to port ${portName(targetPort)} of ${objectName(manifest.document)}, which has no such port`,
    hint: portList(
      `${kind} '${metadata.name}' has`,
      ports.map((known) => ({ ...known, number: known.containerPort })),
    ),
    manifest: service,
  };
}
