import { fieldsOf } from "../../manifest/fields-of.ts";
import type { KubernetesObject } from "../../manifest/manifest.ts";
import type { WrittenPod } from "../../manifest/written-pod.ts";
import type { PodReport } from "./pod-report.ts";

/** Kinds whose Pods run for ever. */
const lasting: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]);

/** Kinds whose Pods end. */
const ending: ReadonlySet<string> = new Set(["Job", "CronJob"]);

interface JobSpec {
  readonly podFailurePolicy?: object;
}

/** What a workload's kind does not let its Pods say of when they end. */
export function reportLifeTime({ kind, spec }: KubernetesObject, pod: WrittenPod, report: PodReport): void {
  const { restartPolicy = "Always", activeDeadlineSeconds, terminationGracePeriodSeconds: grace } = pod;
  if (lasting.has(kind)) {
    if (restartPolicy !== "Always")
      report(`has restartPolicy ${restartPolicy}`, `Pods of a ${kind} always restart: leave it out, or make it a Job`);
    if (activeDeadlineSeconds !== undefined)
      report("has activeDeadlineSeconds for its Pods", `Pods of a ${kind} run for ever: take it out, or make it a Job`);
  }
  if (ending.has(kind)) {
    const job =
      kind === "CronJob" ? (spec as { jobTemplate?: { spec?: JobSpec } } | undefined)?.jobTemplate?.spec : (spec as JobSpec | undefined);
    const { podFailurePolicy } = fieldsOf(job);
    if (restartPolicy === "Always") report("has restartPolicy Always, which is filled in unless it is said", "say OnFailure or Never");
    else if (podFailurePolicy !== undefined && restartPolicy !== "Never")
      report(`has a podFailurePolicy and restartPolicy ${restartPolicy}`, "say Never");
  }
  if (typeof grace === "number" && grace < 0) report(`has terminationGracePeriodSeconds ${grace}`, "say 0 or more");
}
