import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type KubernetesObject } from "../../manifest/manifest.ts";
import type { WorkloadFact } from "../../manifest/repository-facts.ts";
import type { WrittenContainer, WrittenPod } from "../../manifest/written-pod.ts";
import { reportHostPorts } from "../pod/host-ports.ts";
import { reportLifeTime } from "../pod/life-time.ts";
import { reportMounts } from "../pod/mounts.ts";
import type { PodReport } from "../pod/pod-report.ts";
import { reportProbes } from "../pod/probes.ts";
import { reportRepeatedNames } from "../pod/repeated-names.ts";
import { reportSources } from "../pod/sources.ts";
import type { Finding, Rule } from "../rule.ts";

/** The API server refuses a Pod whose parts do not fit together, whatever the schema says of each part. */
export const podConsistent: Rule = {
  id: "pod-consistent",
  severity: "error",
  subject: "references",
  title: "The parts of every Pod fit together as the API server demands.",
  reason: "The API server refuses such a Pod, mostly with the workload that makes it: the sync fails, and what ran before runs on.",
  fix: "Mend the part that is named.",
  needs: "manifests",
  check(facts) {
    const findings: Finding[] = [];
    for (const workload of facts.workloads) {
      const { manifest } = workload;
      reportPod(workload, (what, hint) => {
        const message = `${objectName(manifest.document)}${what.startsWith("has ") || what.startsWith("takes ") ? "" : ":"} ${what}`;
        findings.push({ message, hint, manifest });
      });
    }
    return findings;
  },
};

function reportPod({ manifest, template }: WorkloadFact, report: PodReport): void {
  const pod = template.spec as WrittenPod;
  const [main, init] = [entriesOf(pod.containers), entriesOf(pod.initContainers)];
  const containers = init.length === 0 ? main : [...main, ...init];
  reportRepeatedNames(pod, containers, report);
  reportSources(pod, containers, report);
  reportLifeTime(manifest.document, pod, report);
  reportHostPorts(pod, main, report);
  const volumes = volumesOf(pod, manifest.document);
  for (const container of containers) reportMounts(container, volumes, report);
  for (const container of main) reportProbes(container, false, report);
  for (const container of init) reportProbes(container, ends(container), report);
}

function ends({ restartPolicy }: WrittenContainer): boolean {
  return restartPolicy !== "Always";
}

/** The volumes that containers may mount: a StatefulSet adds its claims. */
function volumesOf({ volumes }: WrittenPod, { kind, spec }: KubernetesObject): readonly string[] {
  const names = entriesOf(volumes)
    .map(({ name }) => name)
    .filter((name) => typeof name === "string");
  if (kind !== "StatefulSet") return names;
  const { volumeClaimTemplates } = fieldsOf(spec as { volumeClaimTemplates?: readonly { metadata?: { name?: string } }[] } | undefined);
  for (const { metadata } of entriesOf(volumeClaimTemplates)) if (typeof metadata?.name === "string") names.push(metadata.name);
  return names;
}
