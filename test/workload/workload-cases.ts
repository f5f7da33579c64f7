import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import type { UnitContext } from "../../lib/definition/workload-class.ts";
import type { KubernetesObject } from "../../lib/manifest/manifest.ts";
import { CanaryService } from "../../lib/workload/canary-service.ts";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { MigrationJob } from "../../lib/workload/migration-job.ts";
import type { PodProps } from "../../lib/workload/pod-template.ts";
import { ScheduledJob } from "../../lib/workload/scheduled-job.ts";
import { StatefulService } from "../../lib/workload/stateful-service.ts";
import { Tls } from "../../lib/traffic/tls.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { everyPodProp } from "./every-pod-prop.ts";
import { meshContext, renderUnit } from "./rendered-unit.ts";

/** A construct that renders a unit with Pods. */
export interface WorkloadCase {
  readonly title: string;
  /** What the fewest props give. */
  minimal(context?: UnitContext): readonly KubernetesObject[];
  /** What these props of its Pods give, with all else that the construct can add. */
  full(pod?: PodProps, context?: UnitContext): readonly KubernetesObject[];
}

const front = { ports: everyPodProp.ports, metrics: { port: "admin" }, smokeTest: {} };
const scaled = {
  autoscaling: { minReplicas: 3, maxReplicas: 9, cpu: 70 },
  disruptionBudget: DisruptionBudget.maxUnavailable(1),
  ingressFrom: { reports: { from: NetworkPeer.namespace("reports"), ports: ["admin"] } },
};

/** Every construct of `lib/workload/` that a service can be made of, in one mesh so that all of them can be rendered. */
export const workloadCases: readonly WorkloadCase[] = [
  {
    title: "WebService",
    minimal: (context = meshContext()) => renderUnit(WebService, {}, context),
    full: (pod = everyPodProp, context = meshContext()) => {
      const ways = { ingress: { tls: Tls.issuedBy("letsencrypt") }, httpRoute: { parentRefs: [{ name: "public" }] } };
      return renderUnit(WebService, { ...pod, ...front, ...scaled, ...ways }, context);
    },
  },
  {
    title: "CanaryService",
    minimal: (context = meshContext()) => renderUnit(CanaryService, { canaryWeight: 10 }, context),
    full: (pod = everyPodProp, context = meshContext()) =>
      renderUnit(CanaryService, { ...pod, ...front, ...scaled, canaryWeight: 10, gateway: {}, requestsPerMinute: 60 }, context),
  },
  {
    title: "Worker",
    minimal: (context = meshContext()) => renderUnit(Worker, {}, context),
    full: (pod = everyPodProp, context = meshContext()) => renderUnit(Worker, { ...pod, ...scaled, ports: front.ports }, context),
  },
  {
    title: "ScheduledJob",
    minimal: (context = meshContext()) => renderUnit(ScheduledJob, { schedule: "0 4 * * *" }, context),
    full: (pod = everyPodProp, context = meshContext()) => renderUnit(ScheduledJob, { ...pod, schedule: "0 4 * * *" }, context),
  },
  {
    title: "MigrationJob",
    minimal: (context = meshContext()) => renderUnit(MigrationJob, {}, context),
    full: (pod = everyPodProp, context = meshContext()) => renderUnit(MigrationJob, { ...pod }, context),
  },
  {
    title: "StatefulService",
    minimal: (context = meshContext()) => renderUnit(StatefulService, { ports: { postgresql: 5432 } }, context),
    full: (pod = everyPodProp, context = meshContext()) => {
      const claims = { index: { storage: "1Gi", mountPath: "/var/lib/catalogue" } };
      const disruptionBudget = DisruptionBudget.minAvailable(2);
      return renderUnit(StatefulService, { ...pod, ports: front.ports, claims, replicas: 3, disruptionBudget }, context);
    },
  },
];
