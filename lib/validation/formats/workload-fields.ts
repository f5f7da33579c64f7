import { parseQuantity } from "../../manifest/quantity.ts";
import type { FieldCheck, FieldTable } from "./field-table.ts";
import { annotations, labels, labelSelector } from "./labels.ts";
import { dnsLabel, dnsSubdomain, pathSegment } from "./names.ts";
import { atLeast, countOrPart, countOrPercent, between } from "./numbers.ts";
import { listOf, podSpec, podTemplate } from "./pod-fields.ts";
import { choice, has, notEmpty, ofFields } from "./shapes.ts";
import { cronSchedule, timeZone } from "./times.ts";

const selectsSomething = ofFields(({ matchLabels, matchExpressions }) =>
  Object.keys(matchLabels ?? {}).length === 0 && listOf(matchExpressions).length === 0 ? "must not be empty" : undefined,
);
const selected: FieldTable = {
  "": has("template"),
  selector: [labelSelector, selectsSomething],
  template: podTemplate,
  minReadySeconds: atLeast(0),
  revisionHistoryLimit: atLeast(0),
};

/** Nothing would ever move. */
const moves = ofFields(({ maxSurge, maxUnavailable }) =>
  isNone(maxSurge) && isNone(maxUnavailable) ? "may not have 0 for both 'maxSurge' and 'maxUnavailable'" : undefined,
);

const job: FieldTable = {
  parallelism: atLeast(0),
  completions: atLeast(0),
  backoffLimit: atLeast(0),
  activeDeadlineSeconds: atLeast(0),
  ttlSecondsAfterFinished: atLeast(0),
  selector: labelSelector,
  template: podTemplate,
};

const someStorage: FieldCheck = (value) => {
  const amount = parseQuantity(value);
  return amount !== undefined && amount <= 0 ? "must be more than 0" : undefined;
};

/** A claim on a volume, of its own or of a StatefulSet. */
const claim: FieldTable = {
  "": has("accessModes", "resources"),
  selector: labelSelector,
  storageClassName: dnsSubdomain(),
  resources: { "": has("requests"), requests: { "": has("storage"), storage: someStorage } },
};

const metricTarget: FieldTable = {
  type: choice("Utilization", "Value", "AverageValue"),
  "": ofFields(({ averageUtilization, averageValue, value }) =>
    averageUtilization === undefined && averageValue === undefined && value === undefined
      ? "needs one of 'averageUtilization', 'averageValue', 'value'"
      : undefined,
  ),
  averageUtilization: atLeast(1),
};

const scaling: FieldTable = {
  stabilizationWindowSeconds: between(0, 3600),
  policies: notEmpty,
  "policies[]": { type: choice("Pods", "Percent"), value: atLeast(1), periodSeconds: between(1, 1800) },
};

/** The source of a metric, for each type of metric. */
const sourceOf: Readonly<Record<string, string>> = {
  ContainerResource: "containerResource",
  External: "external",
  Object: "object",
  Pods: "pods",
  Resource: "resource",
};

/** Workloads and what belongs to them. @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ */
export const workloadFields: Readonly<Record<string, FieldTable>> = {
  Pod: { "": has("spec"), spec: podSpec },
  PodTemplate: { template: podTemplate },
  ReplicationController: { spec: { replicas: atLeast(0), selector: labels, template: podTemplate } },
  "apps/Deployment": {
    "": has("spec"),
    spec: [
      selected,
      {
        "": ofFields(({ minReadySeconds = 0, progressDeadlineSeconds = 600 }) =>
          typeof progressDeadlineSeconds === "number" && progressDeadlineSeconds <= Number(minReadySeconds)
            ? "needs a 'progressDeadlineSeconds' that is greater than its 'minReadySeconds'"
            : undefined,
        ),
        replicas: atLeast(0),
        progressDeadlineSeconds: atLeast(0),
        strategy: {
          "": ofFields(({ type, rollingUpdate }) =>
            type === "Recreate" && rollingUpdate !== undefined ? "takes no 'rollingUpdate' for 'Recreate'" : undefined,
          ),
          rollingUpdate: { "": moves, maxSurge: countOrPercent, maxUnavailable: countOrPart },
        },
      },
    ],
  },
  "apps/ReplicaSet": { "": has("spec"), spec: [selected, { replicas: atLeast(0) }] },
  "apps/StatefulSet": {
    "": has("spec"),
    "metadata.name": dnsLabel(),
    spec: [
      selected,
      {
        replicas: atLeast(0),
        serviceName: dnsLabel(),
        "updateStrategy.rollingUpdate": { partition: atLeast(0), maxUnavailable: countOrPart },
        "volumeClaimTemplates[]": {
          "": has("metadata", "spec"),
          metadata: { "": has("name"), name: dnsLabel(), labels, annotations },
          spec: claim,
        },
      },
    ],
  },
  "apps/DaemonSet": {
    "": has("spec"),
    spec: [selected, { "updateStrategy.rollingUpdate": { maxSurge: countOrPart, maxUnavailable: countOrPart } }],
  },
  "batch/Job": { "": has("spec"), "metadata.name": dnsSubdomain(63), spec: job },
  "batch/CronJob": {
    "": has("spec"),
    "metadata.name": dnsSubdomain(52),
    spec: {
      "": has("schedule"),
      schedule: cronSchedule,
      timeZone,
      startingDeadlineSeconds: atLeast(0),
      successfulJobsHistoryLimit: atLeast(0),
      failedJobsHistoryLimit: atLeast(0),
      jobTemplate: { "": has("spec"), metadata: { labels, annotations }, spec: job },
    },
  },
  PersistentVolumeClaim: { spec: claim },
  "autoscaling/HorizontalPodAutoscaler": {
    spec: {
      "": ofFields(({ minReplicas = 1, maxReplicas }) =>
        typeof maxReplicas === "number" && maxReplicas < Number(minReplicas)
          ? "needs a 'maxReplicas' that is not less than its 'minReplicas'"
          : undefined,
      ),
      minReplicas: atLeast(1),
      maxReplicas: atLeast(1),
      scaleTargetRef: [
        has("kind", "name"),
        ofFields(({ apiVersion, kind }) =>
          kind === "ReplicationController" || (typeof apiVersion === "string" && apiVersion.includes("/"))
            ? undefined
            : "needs an 'apiVersion' with a group, such as 'apps/v1'",
        ),
      ],
      "metrics[]": {
        "": ofFields((metric) => {
          const source = sourceOf[metric.type as string];
          return source === undefined || metric[source] !== undefined
            ? undefined
            : `needs '${source}' for the type '${metric.type as string}'`;
        }),
        type: choice(...Object.keys(sourceOf)),
        "resource.target": metricTarget,
        "containerResource.target": metricTarget,
        "pods.target": metricTarget,
        "object.target": metricTarget,
        "external.target": metricTarget,
      },
      behavior: { scaleUp: scaling, scaleDown: scaling },
    },
  },
  "policy/PodDisruptionBudget": {
    "metadata.name": pathSegment,
    spec: {
      "": ofFields(({ minAvailable, maxUnavailable }) =>
        minAvailable !== undefined && maxUnavailable !== undefined ? "may have one of 'minAvailable', 'maxUnavailable' only" : undefined,
      ),
      minAvailable: countOrPart,
      maxUnavailable: countOrPart,
      selector: labelSelector,
    },
  },
};

function isNone(count: unknown): boolean {
  return count === 0 || count === "0%" || count === "0";
}
