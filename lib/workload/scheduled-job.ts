import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { type JobProps, jobSpec } from "./job-props.ts";
import { WorkloadNetworkAccess } from "./network-access.ts";
import { PodConfig } from "./pod-config.ts";
import { WorkloadServiceAccount } from "./service-account.ts";

/** A program that runs at set times. @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ */
export interface ScheduledJobProps extends JobProps {
  /** Five cron fields: `15 3 * * *`. */
  readonly schedule: string;
  /** IANA name. @default the controller's own, mostly UTC */
  readonly timeZone?: string;
  /** What happens when the last run still runs. @default "Forbid": it is left to end */
  readonly concurrencyPolicy?: "Allow" | "Forbid" | "Replace";
  /** @default false */
  readonly suspend?: boolean;
  /** Seconds that a run may start late. @default no limit */
  readonly startingDeadlineSeconds?: number;
  /** @default 3 */
  readonly successfulJobsHistoryLimit?: number;
  /** @default 1 */
  readonly failedJobsHistoryLimit?: number;
}

/** A CronJob, its ServiceAccount and NetworkPolicy. */
export class ScheduledJob extends Construct {
  /** @throws UserError when the schedule is not five cron fields */
  constructor(scope: Construct, id: string, props: WithContext<ScheduledJobProps>) {
    super(scope, id);
    const { context, ports, schedule } = props;
    const name = context.unit;
    if (schedule.trim().split(/\s+/).length !== 5) {
      throw new UserError(`the schedule '${schedule}' is not five cron fields`, {
        hint: "write minute, hour, day, month and weekday, for example '15 3 * * *'",
      });
    }
    new WorkloadServiceAccount(this, "service-account", { ...props.serviceAccount, context, name });
    const config = new PodConfig(this, "config", props);
    new k8s.KubeCronJob(this, "cron-job", {
      metadata: objectMetadata(context, name),
      spec: {
        schedule,
        timeZone: props.timeZone,
        concurrencyPolicy: props.concurrencyPolicy ?? "Forbid",
        suspend: props.suspend === true ? true : undefined,
        startingDeadlineSeconds: props.startingDeadlineSeconds,
        successfulJobsHistoryLimit: props.successfulJobsHistoryLimit,
        failedJobsHistoryLimit: props.failedJobsHistoryLimit,
        jobTemplate: { spec: jobSpec(props, { context, name, config }) },
      },
    });
    new WorkloadNetworkAccess(this, "network-access", { context, name, own: props, ports });
  }
}
