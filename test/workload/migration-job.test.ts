import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { MigrationJob, type MigrationJobProps } from "../../lib/workload/migration-job.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { everyPodProp, everyPodTemplate } from "./every-pod-prop.ts";
import { expectEveryPropToCount, find, podOf, renderUnit, titles } from "./rendered-unit.ts";

const every: Required<MigrationJobProps> = {
  ...everyPodProp,
  backoffLimit: 0,
  activeDeadlineSeconds: 900,
  completions: 6,
  parallelism: 2,
  restartPolicy: "OnFailure",
  egress: { payments: { to: NetworkPeer.ipBlock("10.20.0.5/32"), ports: [443] } },
  ingressFrom: { reports: { from: NetworkPeer.namespace("reports"), ports: ["admin"] } },
};

describe("MigrationJob", () => {
  test("minimal props give a Job that is a hook of the sync, a ServiceAccount and a NetworkPolicy that are none", () => {
    const objects = renderUnit(MigrationJob, {});
    expect(titles(objects)).toEqual(["ServiceAccount catalogue", "Job catalogue", "NetworkPolicy catalogue"]);
    expect(objects.map(({ metadata }) => metadata.annotations)).toEqual([
      undefined,
      { "argocd.argoproj.io/hook": "Sync", "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation" },
      undefined,
    ]);
    const pod = podOf(objects, "Job catalogue");
    expect(find(objects, "Job catalogue").spec).toEqual({ template: pod });
    expect(pod.spec).toMatchObject({ restartPolicy: "Never" });
  });

  test("stands in the sync wave of its unit with all that it needs", () => {
    const annotations = { "argocd.argoproj.io/sync-wave": "-1" };
    for (const { metadata } of renderUnit(MigrationJob, {}, bookshopContext({ annotations }))) {
      expect(metadata.annotations).toMatchObject(annotations);
    }
  });

  test("every prop reaches the manifests", () => {
    const objects = renderUnit(MigrationJob, every);
    expect(find(objects, "Job catalogue").spec).toEqual({
      backoffLimit: 0,
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
    });
    expect(find(objects, "NetworkPolicy catalogue").spec).toMatchObject({ ingress: [{ ports: [{ port: 9091 }] }] });
  });

  test("every prop makes a difference", () => {
    expectEveryPropToCount<MigrationJobProps>((props) => renderUnit(MigrationJob, props), every);
  });
});
