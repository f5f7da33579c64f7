import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { EnvVar } from "../../lib/workload/env-var.ts";
import { type ClaimProps, StatefulService, type StatefulServiceProps } from "../../lib/workload/stateful-service.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { caught } from "../support/caught.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { everyPodProp, everyPodTemplate } from "./every-pod-prop.ts";
import { expectEveryPropToCount, find, podOf, renderUnit, titles } from "./rendered-unit.ts";

const selector = { "app.kubernetes.io/name": "catalogue", "keelson.dev/track": "stable" };
const ports = { postgresql: 5432 };
const protection = { "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm" };

const everyClaim: Required<ClaimProps> = {
  storage: "20Gi",
  mountPath: "/var/lib/catalogue",
  storageClassName: "ssd",
  accessModes: ["ReadWriteMany"],
};

const every: Required<StatefulServiceProps> = {
  ...everyPodProp,
  claims: { index: everyClaim },
  replicas: 3,
  disruptionBudget: DisruptionBudget.maxUnavailable(1),
  podManagementPolicy: "Parallel",
  restartOnSecretChange: false,
  egress: { payments: { to: NetworkPeer.ipBlock("10.20.0.5/32"), ports: [443] } },
  ingressFrom: { reports: { from: NetworkPeer.namespace("reports"), ports: ["admin"] } },
};

describe("StatefulService", () => {
  test("minimal props give a StatefulSet that is deleted only when somebody confirms, and a headless Service", () => {
    const objects = renderUnit(StatefulService, { ports });
    expect(titles(objects)).toEqual(["ServiceAccount catalogue", "Service catalogue", "StatefulSet catalogue", "NetworkPolicy catalogue"]);
    expect(find(objects, "Service catalogue").spec).toEqual({
      clusterIP: "None",
      selector: { "app.kubernetes.io/name": "catalogue" },
      ports: [{ name: "postgresql", port: 5432, targetPort: "postgresql" }],
    });
    const set = find(objects, "StatefulSet catalogue");
    expect(set.metadata.annotations).toEqual(protection);
    expect(set.spec).toEqual({
      serviceName: "catalogue",
      selector: { matchLabels: selector },
      template: podOf(objects, "StatefulSet catalogue"),
    });
  });

  test("every prop reaches the manifests", () => {
    const objects = renderUnit(StatefulService, every);
    expect(titles(objects)).toEqual([
      "ConfigMap catalogue-config",
      "ConfigMap catalogue-files",
      "ServiceAccount catalogue",
      "Service catalogue",
      "StatefulSet catalogue",
      "PodDisruptionBudget catalogue",
      "NetworkPolicy catalogue",
    ]);
    expect(find(objects, "StatefulSet catalogue").spec).toMatchObject({
      replicas: 3,
      podManagementPolicy: "Parallel",
      volumeClaimTemplates: [
        {
          metadata: { name: "index" },
          spec: { accessModes: ["ReadWriteMany"], storageClassName: "ssd", resources: { requests: { storage: "20Gi" } } },
        },
      ],
    });
    expect(podOf(objects, "StatefulSet catalogue")).toEqual(
      everyPodTemplate({
        ports: [
          { name: "grpc", containerPort: 9090 },
          { name: "admin", containerPort: 9091 },
        ],
        mounts: [{ name: "index", mountPath: "/var/lib/catalogue" }],
      }),
    );
    expect(find(objects, "PodDisruptionBudget catalogue").spec).toEqual({ maxUnavailable: 1, selector: { matchLabels: selector } });
  });

  test("every prop makes a difference", () => {
    expectEveryPropToCount<StatefulServiceProps>((props) => renderUnit(StatefulService, props), every);
  });

  test("a claim is for one Pod at a time and of the cluster's default class", () => {
    const objects = renderUnit(StatefulService, { ports, claims: { data: { storage: "1Gi", mountPath: "/data" } } });
    const { volumeClaimTemplates } = find(objects, "StatefulSet catalogue").spec as { volumeClaimTemplates: { spec: object }[] };
    expect(volumeClaimTemplates[0]?.spec).toMatchObject({ accessModes: ["ReadWriteOnce"] });
    expect(volumeClaimTemplates[0]?.spec).not.toHaveProperty("storageClassName");
  });

  test("says which ports others may call", () => {
    expect(StatefulService.servedPorts({ ports })).toEqual(ports);
  });

  test("is rolled when a Secret that it reads changes, unless its author says otherwise", () => {
    const env = { PASSWORD: EnvVar.secretKey("db-credentials", "password") };
    const annotationsOf = (props: Partial<StatefulServiceProps>) =>
      find(renderUnit(StatefulService, { ports, env, ...props }), "StatefulSet catalogue").metadata.annotations;
    expect(annotationsOf({})).toEqual({ ...protection, "secret.reloader.stakater.com/reload": "db-credentials" });
    expect(annotationsOf({ restartOnSecretChange: false })).toEqual(protection);
  });

  test("keeps its sync wave beside the protection", () => {
    const context = bookshopContext({ annotations: { "argocd.argoproj.io/sync-wave": "-1" } });
    expect(find(renderUnit(StatefulService, { ports }, context), "StatefulSet catalogue").metadata.annotations).toEqual({
      ...protection,
      "argocd.argoproj.io/sync-wave": "-1",
    });
  });

  test("fails without a port", () => {
    expect(caught(() => renderUnit(StatefulService, { ports: {} }))).toBe(
      "'catalogue' serves no port\nhint: name one at least, for example ports: { postgresql: 5432 }",
    );
  });

  test("fails for a budget that no single Pod can meet", () => {
    expect(caught(() => renderUnit(StatefulService, { ports, disruptionBudget: DisruptionBudget.minAvailable(1) }))).toBe(
      "the disruption budget minAvailable '1' of 'catalogue' lets no node drain while there are 1 replicas\n" +
        "hint: allow one disruption at least, or run more replicas",
    );
  });

  test("fails for a claim whose size is no quantity", () => {
    expect(caught(() => renderUnit(StatefulService, { ports, claims: { data: { storage: "1 GB", mountPath: "/data" } } }))).toBe(
      "'1 GB' is not a quantity of 'storage'\nhint: write a number and a unit, for example '100m' or '128Mi'",
    );
  });

  test("fails for two claims, or a claim and a volume, at one path", () => {
    const hint = "hint: volumeMounts, claims and configFiles share the container's paths";
    const claim = { storage: "1Gi", mountPath: "/data" };
    expect(caught(() => renderUnit(StatefulService, { ports, claims: { data: claim, log: claim } }))).toBe(
      `container 'catalogue' mounts two things at '/data'\n${hint}`,
    );
    const volumes = { tmp: Volume.emptyDir() };
    expect(caught(() => renderUnit(StatefulService, { ports, claims: { data: claim }, volumes, volumeMounts: { "/data": "tmp" } }))).toBe(
      `container 'catalogue' mounts two things at '/data'\n${hint}`,
    );
  });

  test("fails for a claim and a volume of one name", () => {
    const claims = { data: { storage: "1Gi", mountPath: "/data" } };
    expect(caught(() => renderUnit(StatefulService, { ports, claims, volumes: { data: Volume.emptyDir() } }))).toBe(
      "two volumes are called 'data'\nhint: claims are volumes too, and configFiles come in 'config-files'",
    );
  });

  test("fails for two ports of one number", () => {
    expect(caught(() => renderUnit(StatefulService, { ports: { postgresql: 5432, backup: 5432 } }))).toBe(
      "the ports 'postgresql' and 'backup' of 'catalogue' have the same number 5432\nhint: give one of them another number, or leave it out",
    );
  });
});
