import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { configMapExists } from "../../../lib/validation/rules/config-map-exists.ts";
import { deployment, manifest, reported } from "../../support/manifests.ts";

const advice = "say what it holds under config or configFiles of the service";
const missing = `Deployment bookshop-dev/catalogue reads ConfigMap 'catalogue-config', which nothing makes in 'bookshop-dev'\nhint: ${advice}`;

function configMap(fields: object = { data: { GREETING: "welcome" } }, namespace = "bookshop-dev"): Manifest {
  return manifest({ kind: "ConfigMap", metadata: { name: "catalogue-config", namespace }, ...fields });
}

function readsKey(key: string, name = "catalogue-config", optional = false): Manifest {
  return deployment({ containers: [{ env: [{ name: "GREETING", valueFrom: { configMapKeyRef: { name, key, optional } } }] }] });
}

describe("config-map-exists", () => {
  test("lets every way to read a ConfigMap pass where it is rendered", () => {
    const pods = deployment({
      containers: [
        {
          env: [{ name: "GREETING", valueFrom: { configMapKeyRef: { name: "catalogue-config", key: "GREETING" } } }],
          envFrom: [{ configMapRef: { name: "catalogue-config" } }],
        },
      ],
      volumes: [
        { name: "whole", configMap: { name: "catalogue-config" } },
        { name: "one", configMap: { name: "catalogue-config", items: [{ key: "cover.png", path: "cover.png" }] } },
        { name: "projected", projected: { sources: [{ configMap: { name: "catalogue-config" } }] } },
        { name: "roots", configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      ],
    });
    expect(
      reported(configMapExists, [pods, configMap({ data: { GREETING: "welcome" }, binaryData: { "cover.png": "iVBORw0=" } })]),
    ).toEqual([]);
  });

  test.each([
    ["envFrom", deployment({ containers: [{ envFrom: [{ configMapRef: { name: "catalogue-config" } }] }] })],
    ["a key", readsKey("GREETING")],
    ["a volume", deployment({ volumes: [{ name: "files", configMap: { name: "catalogue-config" } }] })],
    [
      "a projected volume",
      deployment({ volumes: [{ name: "files", projected: { sources: [{ configMap: { name: "catalogue-config" } }] } }] }),
    ],
  ])("reports a ConfigMap that nothing makes, read by %s", (_title, pods) => {
    expect(reported(configMapExists, [pods])).toEqual([missing]);
    expect(reported(configMapExists, [pods, configMap({}, "bookshop-staging")])).toEqual([missing]);
  });

  test("names the nearest", () => {
    expect(reported(configMapExists, [readsKey("GREETING", "catalog-config"), configMap()])).toEqual([
      `Deployment bookshop-dev/catalogue reads ConfigMap 'catalog-config', which nothing makes in 'bookshop-dev'\nhint: ${advice}, or mend the name; the nearest there: 'catalogue-config'`,
    ]);
  });

  test("reports a key that the ConfigMap has not", () => {
    expect(reported(configMapExists, [readsKey("GREETINGS"), configMap()])).toEqual([
      "Deployment bookshop-dev/catalogue reads key 'GREETINGS' of ConfigMap 'catalogue-config', which has no such key\nhint: its keys are: 'GREETING'",
    ]);
    expect(reported(configMapExists, [readsKey("tls.crt", "kube-root-ca.crt")])).toEqual([
      "Deployment bookshop-dev/catalogue reads key 'tls.crt' of ConfigMap 'kube-root-ca.crt', which has no such key\nhint: its keys are: 'ca.crt'",
    ]);
  });

  test("lets an optional ConfigMap and an optional key be missing", () => {
    expect(reported(configMapExists, [readsKey("GREETING", "catalogue-config", true)])).toEqual([]);
    expect(reported(configMapExists, [readsKey("GREETINGS", "catalogue-config", true), configMap()])).toEqual([]);
  });
});
