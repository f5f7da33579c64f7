import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { ContainerDocument, ContainerPort } from "../../manifest/pod-spec.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import { sameValue } from "../../manifest/same-value.ts";
import { ServedWorkloads } from "../../manifest/served-workloads.ts";
import type { ServicePort } from "../../manifest/service-port.ts";
import { patienceOf, timedProbe } from "../../manifest/timed-probe.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding, Rule } from "../rule.ts";

/** Workloads whose Pods end: nobody waits for them to be ready. */
const ending: ReadonlySet<string> = new Set(["Job", "CronJob"]);

/** A Pod without a readiness probe gets requests before it can answer them. */
export const readinessProbe: Rule = {
  id: "readiness-probe",
  severity: "error",
  subject: "availability",
  title: "Every container that a Service leads to says when it is ready, and is not restarted while it starts or is merely busy.",
  reason: "Without a readiness probe a Pod gets requests before it can answer them, and a rollout replaces good Pods by broken ones.",
  fix: "Say readinessProbe of the service, and give livenessProbe or startupProbe more patience.",
  needs: "manifests",
  check: (facts) => [
    ...findUnready(facts),
    ...facts.workloads.filter(({ manifest }) => !ending.has(manifest.document.kind)).flatMap(impatient),
  ],
};

/** Containers that a Service leads to, and that never say whether they are ready. */
function findUnready(facts: RepositoryFacts): Finding[] {
  // by workload and container, since several Services may lead to one
  const reported = new Map<WorkloadFact, Set<string>>();
  const findings: Finding[] = [];
  for (const [service, workloads] of ServedWorkloads.in(facts).services) {
    const { publishNotReadyAddresses, ports } = fieldsOf(
      service.document.spec as { publishNotReadyAddresses?: boolean; ports?: readonly ServicePort[] } | undefined,
    );
    // who asks for Pods that are not ready, such as members of a cluster that find one another, gets them
    if (publishNotReadyAddresses === true) continue;
    for (const workload of workloads) {
      if (ending.has(workload.manifest.document.kind) || workload.running.every(isProbed)) continue;
      for (const container of servingContainers(workload, entriesOf(ports))) {
        const known = reported.get(workload) ?? new Set<string>();
        if (isProbed(container) || known.has(container.name)) continue;
        reported.set(workload, known.add(container.name));
        findings.push(unready(workload, container, service));
      }
    }
  }
  return findings;
}

function isProbed({ readinessProbe }: ContainerDocument): boolean {
  return readinessProbe !== undefined;
}

/** The containers that have a port which a Service sends to; a single container has whatever port is asked for. */
function servingContainers({ template, running }: WorkloadFact, ports: readonly ServicePort[]): readonly ContainerDocument[] {
  const main = entriesOf<ContainerDocument>(template.spec.containers);
  const targets = new Set(ports.map(({ port, targetPort }) => targetPort ?? port));
  const serves = ({ name, containerPort }: ContainerPort): boolean =>
    targets.has(containerPort) || (name !== undefined && targets.has(name));
  const serving = running.filter((container) => entriesOf(container.ports).some(serves));
  return serving.length === 0 && main.length === 1 ? main : serving;
}

function unready({ manifest }: WorkloadFact, { name }: ContainerDocument, service: Manifest): Finding {
  return {
    message: `${objectName(manifest.document)} has no readinessProbe on container '${name}', which Service '${service.document.metadata.name}' leads to`,
    hint: 'say readinessProbe: Probe.httpGet("/readyz"), or whatever tells that it can answer',
    manifest,
  };
}

/** Containers that are restarted where waiting would have done. */
function impatient({ manifest, template }: WorkloadFact): Finding[] {
  const findings: Finding[] = [];
  for (const container of entriesOf(fieldsOf(template.spec).containers)) {
    const [liveness, readiness] = [timedProbe(container, "livenessProbe"), timedProbe(container, "readinessProbe")];
    if (liveness === undefined || readiness === undefined) continue;
    const patience = patienceOf(liveness);
    if (container.startupProbe === undefined && patience < readiness.initialDelaySeconds) {
      findings.push({
        message: `${objectName(manifest.document)} restarts container '${container.name}' by its livenessProbe before its readinessProbe asks at all, got ${patience} and ${readiness.initialDelaySeconds} seconds`,
        hint: "say startupProbe with as much time as a slow start takes",
        manifest,
      });
    }
    const [mine, theirs] = [liveness, readiness].map(({ periodSeconds, failureThreshold }) => periodSeconds * failureThreshold);
    if ((mine ?? 0) <= (theirs ?? 0) && sameValue(liveness.question, readiness.question)) {
      findings.push(
        asWarning({
          message: `${objectName(manifest.document)} asks the livenessProbe and the readinessProbe of container '${container.name}' the same, and restarts it as soon as it is not ready`,
          hint: "let livenessProbe ask less, or give it a higher failureThreshold than readinessProbe",
          manifest,
        }),
      );
    }
  }
  return findings;
}
