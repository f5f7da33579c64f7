import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { volumeClaimExists } from "../../../lib/validation/rules/volume-claim-exists.ts";
import { bookshopNamespace, deployment, manifest, platform, reported } from "../../support/manifests.ts";

const says = "StatefulSet bookshop-dev/stock";
const mounts = [{ name: "data", mountPath: "/data" }];
const headless = service({ clusterIP: "None" });

function service(spec: object, name = "stock"): Manifest {
  return manifest({ kind: "Service", metadata: { name }, spec });
}

function statefulSet(container: object = { volumeMounts: mounts }, spec: object = { serviceName: "stock" }): Manifest {
  const template = { spec: { containers: [{ name: "stock", ...container }] } };
  const volumeClaimTemplates = [{ metadata: { name: "data" } }];
  return manifest({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "stock" },
    spec: { template, volumeClaimTemplates, ...spec },
  });
}

function mounting(...claims: unknown[]): Manifest {
  return deployment({ volumes: claims.map((claimName, index) => ({ name: `volume-${index}`, persistentVolumeClaim: { claimName } })) });
}

function claim(name: string, namespace = "bookshop-dev"): Manifest {
  return manifest({ kind: "PersistentVolumeClaim", metadata: { name, namespace } });
}

describe("volume-claim-exists", () => {
  test("lets Pods pass that mount a rendered claim, or one that a StatefulSet makes", () => {
    expect(
      reported(volumeClaimExists, [mounting("covers", "data-stock-0", "data-stock-11"), claim("covers"), statefulSet(), headless]),
    ).toEqual([]);
  });

  test("reports a claim that nothing makes, once, with the nearest", () => {
    const message = "Deployment bookshop-dev/catalogue mounts PersistentVolumeClaim 'covers', which nothing makes in 'bookshop-dev'";
    expect(reported(volumeClaimExists, [mounting("covers", "covers"), claim("covers", "bookshop-staging")])).toEqual([
      `${message}\nhint: render it beside the workload`,
    ]);
    expect(reported(volumeClaimExists, [mounting("covers"), claim("cover")])).toEqual([
      `${message}\nhint: render it beside the workload, or mend the name; the nearest there: 'cover'`,
    ]);
  });

  test.each(["data-stock-x", "log-stock-0", "data-shelf-0", "data-stock"])(
    "reports a claim that only looks like one of the StatefulSet's: %s",
    (name) => {
      expect(reported(volumeClaimExists, [mounting(name), statefulSet(), headless])).toEqual([
        `Deployment bookshop-dev/catalogue mounts PersistentVolumeClaim '${name}', which nothing makes in 'bookshop-dev'\nhint: render it beside the workload`,
      ]);
    },
  );

  test("lets a claim template pass that any container mounts, or uses as a device", () => {
    expect(reported(volumeClaimExists, [statefulSet({ volumeDevices: [{ name: "data", devicePath: "/dev/data" }] }), headless])).toEqual(
      [],
    );
  });

  test("reports a claim template that no container mounts", () => {
    expect(reported(volumeClaimExists, [statefulSet({ volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] }), headless])).toEqual([
      `${says} claims volume 'data', which no container mounts\nhint: mount it, or take it out of volumeClaimTemplates`,
    ]);
  });

  test("reports a StatefulSet whose Service nothing makes, with the nearest", () => {
    const message = `${says} names its Pods by Service 'stock', which nothing makes in 'bookshop-dev'\nhint: render a headless Service of that name`;
    expect(reported(volumeClaimExists, [statefulSet()])).toEqual([message]);
    expect(reported(volumeClaimExists, [statefulSet(), service({ clusterIP: "None" }, "stocks")])).toEqual([
      `${message}, or mend the name; the nearest there: 'stocks'`,
    ]);
  });

  test("reports a StatefulSet whose Service has an address of its own", () => {
    expect(reported(volumeClaimExists, [statefulSet(), service({})])).toEqual([
      `${says} names its Pods by Service 'stock', which is not headless\nhint: say clusterIP: None in the Service, or name one that has it`,
    ]);
    const facts = new RepositoryFacts([bookshopNamespace, statefulSet(), service({})]);
    expect(volumeClaimExists.check(facts).map(({ severity }) => severity)).toEqual(["warning"]);
  });

  test("lets a StatefulSet pass that names no Service", () => {
    expect(reported(volumeClaimExists, [statefulSet(undefined, {})])).toEqual([]);
  });

  test("says nothing of what is missing in namespaces that nobody declares", () => {
    const template = { spec: { containers: [], volumes: [{ name: "data", persistentVolumeClaim: { claimName: "covers" } }] } };
    const spec = { serviceName: "stock", template };
    const set = manifest({ apiVersion: "apps/v1", kind: "StatefulSet", metadata: { namespace: "argocd" }, spec }, platform);
    expect(reported(volumeClaimExists, [set])).toEqual([]);
  });

  test("does not trip over a spec that is none", () => {
    expect(
      reported(volumeClaimExists, [mounting(1), statefulSet({ volumeMounts: "x" }, { serviceName: 1, volumeClaimTemplates: "x" })]),
    ).toEqual([]);
  });
});
