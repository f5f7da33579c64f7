import { entriesOf } from "../../manifest/entries-of.ts";
import { objectName } from "../../manifest/manifest.ts";
import type { ContainerDocument } from "../../manifest/pod-spec.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import type { Finding } from "../rule.ts";
import { portList } from "./port-list.ts";

const probes = ["livenessProbe", "readinessProbe", "startupProbe"] as const;

/** Probes that ask a named port which their container has not. */
export function findProbePorts(facts: RepositoryFacts): Finding[] {
  const findings: Finding[] = [];
  for (const workload of facts.workloads) {
    for (const container of workload.containers) findings.push(...findingsOf(workload, container));
  }
  return findings;
}

function findingsOf({ manifest }: WorkloadFact, container: ContainerDocument): Finding[] {
  const ports = entriesOf(container.ports);
  const findings: Finding[] = [];
  for (const probe of probes) {
    const port = container[probe]?.httpGet?.port ?? container[probe]?.tcpSocket?.port;
    if (typeof port !== "string" || ports.some(({ name }) => name === port)) continue;
    findings.push({
      message: `the ${probe} of container '${container.name}' in ${objectName(manifest.document)} asks port '${port}', which the container has not`,
      hint: portList(
        "the container has",
        ports.map((known) => ({ ...known, number: known.containerPort })),
      ),
      manifest,
    });
  }
  return findings;
}
