import type { MigrationJobProps } from "../../lib/workload/migration-job.ts";
import type { ScheduledJobProps } from "../../lib/workload/scheduled-job.ts";

// @ts-expect-error: a schedule is needed
export const unscheduled: ScheduledJobProps = {};

// @ts-expect-error: a Pod that is always started again never ends
export const always: MigrationJobProps = { restartPolicy: "Always" };

// @ts-expect-error: a migration runs when it is synced
export const scheduled: MigrationJobProps = { schedule: "0 4 * * *" };

// @ts-expect-error: nobody calls a Job by a Service
export const exposed: ScheduledJobProps = { schedule: "0 4 * * *", ingress: {} };
