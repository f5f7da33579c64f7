import { entriesOf } from "../../manifest/entries-of.ts";
import type { WrittenContainer, WrittenPod } from "../../manifest/written-pod.ts";
import type { PodReport } from "./pod-report.ts";
import { repeated } from "./repeated.ts";

/** Ports of the node that are other than the container's on the node's own network, or taken twice. @param running - containers that run together */
export function reportHostPorts({ hostNetwork }: WrittenPod, running: readonly WrittenContainer[], report: PodReport): void {
  const taken: string[] = [];
  for (const { name, ports } of running) {
    for (const { containerPort, hostPort = hostNetwork === true ? containerPort : undefined, hostIP = "", protocol = "TCP" } of entriesOf(
      ports,
    )) {
      if (hostPort === undefined || hostPort === 0) continue;
      taken.push(`${hostIP === "" ? "" : `${hostIP}:`}${hostPort}/${protocol}`);
      if (hostNetwork === true && hostPort !== containerPort) {
        report(
          `container '${name}' has hostPort ${hostPort} for port ${containerPort} on the node's own network`,
          "leave hostPort out: it is the port itself",
        );
      }
    }
  }
  for (const port of repeated(taken, (each) => each)) report(`takes port ${port} of the node twice`, "give one of the two another port");
}
