import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { ScheduledJob, type ScheduledJobProps } from "../../lib/workload/scheduled-job.ts";
import { caught } from "../support/caught.ts";
import { everyPodProp, everyPodTemplate } from "./every-pod-prop.ts";
import { expectEveryPropToCount, find, podOf, renderUnit, titles } from "./rendered-unit.ts";

const every: Required<ScheduledJobProps> = {
  ...everyPodProp,
  schedule: "15 3 * * 1-5",
  timeZone: "Europe/Amsterdam",
  concurrencyPolicy: "Replace",
  suspend: true,
  startingDeadlineSeconds: 120,
  successfulJobsHistoryLimit: 5,
  failedJobsHistoryLimit: 4,
  backoffLimit: 2,
  activeDeadlineSeconds: 900,
  completions: 6,
  parallelism: 2,
  restartPolicy: "OnFailure",
  egress: { payments: { to: NetworkPeer.ipBlock("10.20.0.5/32"), ports: [443] } },
  ingressFrom: { reports: { from: NetworkPeer.namespace("reports"), ports: ["admin"] } },
};

describe("ScheduledJob", () => {
  test("minimal props give a CronJob that never runs twice at a time, a ServiceAccount and a NetworkPolicy", () => {
    const objects = renderUnit(ScheduledJob, { schedule: "0 4 * * *" });
    expect(titles(objects)).toEqual(["ServiceAccount catalogue", "CronJob catalogue", "NetworkPolicy catalogue"]);
    const { spec } = find(objects, "CronJob catalogue");
    const pod = podOf(objects, "CronJob catalogue");
    expect(spec).toEqual({ schedule: "0 4 * * *", concurrencyPolicy: "Forbid", jobTemplate: { spec: { template: pod } } });
    expect(pod.spec).toMatchObject({ restartPolicy: "Never", serviceAccountName: "catalogue" });
  });

  test("every prop reaches the manifests", () => {
    const objects = renderUnit(ScheduledJob, every);
    expect(titles(objects)).toEqual([
      "ServiceAccount catalogue",
      "ConfigMap catalogue-config",
      "ConfigMap catalogue-files",
      "CronJob catalogue",
      "NetworkPolicy catalogue",
    ]);
    expect(find(objects, "CronJob catalogue").spec).toEqual({
      schedule: "15 3 * * 1-5",
      timeZone: "Europe/Amsterdam",
      concurrencyPolicy: "Replace",
      suspend: true,
      startingDeadlineSeconds: 120,
      successfulJobsHistoryLimit: 5,
      failedJobsHistoryLimit: 4,
      jobTemplate: {
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: 900,
          completions: 6,
          parallelism: 2,
          template: everyPodTemplate({
            ports: [
              { name: "grpc", containerPort: 9090 },
              { name: "admin", containerPort: 9091 },
            ],
            restartPolicy: "OnFailure",
          }),
        },
      },
    });
    expect(find(objects, "NetworkPolicy catalogue").spec).toMatchObject({
      ingress: [{ ports: [{ port: 9091 }] }],
      egress: [{ to: [{ ipBlock: { cidr: "10.20.0.5/32" } }], ports: [{ port: 443 }] }],
    });
  });

  test("every prop makes a difference", () => {
    expectEveryPropToCount<ScheduledJobProps>((props) => renderUnit(ScheduledJob, props), every);
  });

  test("is not suspended where its author says false", () => {
    const minimal = { schedule: "0 4 * * *" };
    expect(renderUnit(ScheduledJob, { ...minimal, suspend: false })).toEqual(renderUnit(ScheduledJob, minimal));
  });

  test.each(["@daily", "", "0 4 * *", "0 0 4 * * *", "CRON_TZ=UTC 0 4 * * *"])("fails for the schedule '%s'", (schedule) => {
    expect(caught(() => renderUnit(ScheduledJob, { schedule }))).toBe(
      `the schedule '${schedule}' is not five cron fields\nhint: write minute, hour, day, month and weekday, for example '15 3 * * *'`,
    );
  });
});
