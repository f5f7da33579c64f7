import { isEmptySelector, type Labels } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placesOfOtherPods } from "../../manifest/pod-makers.ts";
import { placeOf, type RepositoryFacts, type WorkloadFact } from "../../manifest/repository-facts.ts";
import { type ServicePort, servicePorts } from "../../manifest/service-port.ts";
import { ServedWorkloads } from "../../manifest/served-workloads.ts";
import type { Finding } from "../rule.ts";
import { nearestLabels } from "./nearest-labels.ts";
import { portList, portName } from "./port-list.ts";

/** Services that select no Pod, or send to a named port that a selected Pod has not. */
export function findServicePorts(facts: RepositoryFacts): Finding[] {
  const findings: Finding[] = [];
  const others = placesOfOtherPods(facts);
  for (const [service, workloads] of ServedWorkloads.in(facts).services) {
    if (!facts.declares(placeOf(service))) continue;
    if (workloads.length > 0) findings.push(...missingTargets(service, workloads));
    else if (!others.has(placeOf(service))) findings.push(...missingPods(facts, service));
  }
  return findings;
}

function missingPods(facts: RepositoryFacts, service: Manifest): Finding[] {
  const { selector: matchLabels = {} } = (service.document.spec ?? {}) as { readonly selector?: Labels };
  // somebody else keeps the endpoints of a Service without a selector
  if (isEmptySelector({ matchLabels })) return [];
  return [
    {
      message: `${objectName(service.document)} selects Pods that no workload makes`,
      hint: nearestLabels("Pod", { matchLabels }, facts.pods.labelsIn(placeOf(service))),
      manifest: service,
    },
  ];
}

function missingTargets(service: Manifest, workloads: readonly WorkloadFact[]): Finding[] {
  const findings: Finding[] = [];
  for (const port of servicePorts(service.document)) {
    if (typeof port.targetPort !== "string") continue;
    for (const workload of workloads) {
      if (!workload.ports.some(({ name }) => name === port.targetPort)) findings.push(missingTarget(service, port, workload));
    }
  }
  return findings;
}

function missingTarget(service: Manifest, { name, port, targetPort }: ServicePort, { manifest, ports }: WorkloadFact): Finding {
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
