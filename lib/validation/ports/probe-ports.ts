import { objectName } from "../../manifest/manifest.ts";
import { containersOf, type ContainerDocument } from "../../manifest/pod-spec.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import type { Finding } from "../rule.ts";
import { portList } from "./port-list.ts";

const probes = ["livenessProbe", "readinessProbe", "startupProbe"] as const;

/** Probes that ask a named port which their container has not. */
export function findProbePorts(facts: RepositoryFacts): Finding[] {
  return facts.workloads.flatMap((workload) =>
    containersOf(workload.template.spec).flatMap((container) => findingsOf(workload, container)),
  );
}

function findingsOf({ manifest }: WorkloadFact, container: ContainerDocument): Finding[] {
  const ports = container.ports ?? [];
  return probes.flatMap((probe): Finding[] => {
    const port = container[probe]?.httpGet?.port ?? container[probe]?.tcpSocket?.port;
    if (typeof port !== "string" || ports.some(({ name }) => name === port)) return [];
    return [
      {
        message: `the ${probe} of container '${container.name}' in ${objectName(manifest.document)} asks port '${port}', which the container has not`,
        hint: portList(
          "the container has",
          ports.map((known) => ({ ...known, number: known.containerPort })),
        ),
        manifest,
      },
    ];
  });
}
