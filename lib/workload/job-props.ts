import type { k8s } from "cdk8s-plus-28";
import type { UnitContext } from "../definition/workload-class.ts";
import type { NetworkProps } from "./network-access.ts";
import type { PodConfig } from "./pod-config.ts";
import { podTemplate, type PodProps } from "./pod-template.ts";

/** What every workload that runs to its end can say. @see https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
export interface JobProps extends PodProps, NetworkProps {
  /** How often a failed Pod is tried again. @default 6 */
  readonly backoffLimit?: number;
  /** Seconds until the Job counts as failed. @default no limit */
  readonly activeDeadlineSeconds?: number;
  /** Pods that must succeed. @default 1 */
  readonly completions?: number;
  /** Pods at a time. @default 1 */
  readonly parallelism?: number;
  /** @default "Never": a failed Pod stays to be looked at */
  readonly restartPolicy?: "Never" | "OnFailure";
}

/** The Job's spec; shared by Jobs that run on their own, on a schedule and as hooks. */
export function jobSpec(
  props: JobProps,
  options: { readonly context: UnitContext; readonly name: string; readonly config: PodConfig },
): k8s.JobSpec {
  return {
    backoffLimit: props.backoffLimit,
    activeDeadlineSeconds: props.activeDeadlineSeconds,
    completions: props.completions,
    parallelism: props.parallelism,
    template: podTemplate(props, { ...options, main: props, restartPolicy: props.restartPolicy ?? "Never" }),
  };
}
