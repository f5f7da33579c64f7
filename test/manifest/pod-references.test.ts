import { expect, test } from "@jest/globals";
import { podReferences } from "../../lib/manifest/pod-references.ts";

test("podReferences lists what a Pod reads, in the order of the Pod", () => {
  expect(
    podReferences({
      containers: [
        {
          name: "catalogue",
          image: "c",
          env: [
            { name: "PLAIN", value: "1" },
            { name: "A", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
            { name: "B", valueFrom: { configMapKeyRef: { name: "texts", key: "greeting", optional: true } } },
          ],
          envFrom: [{ configMapRef: { name: "config" } }, { secretRef: { name: "db" } }],
        },
      ],
      volumes: [{ name: "scratch" }, { name: "certificates", secret: { secretName: "tls", items: [{ key: "ca.crt" }] } }],
      imagePullSecrets: [{ name: "registry" }],
    }),
  ).toEqual([
    { kind: "Secret", name: "db", key: "password", optional: false },
    { kind: "ConfigMap", name: "texts", key: "greeting", optional: true },
    { kind: "ConfigMap", name: "config", key: undefined, optional: false },
    { kind: "Secret", name: "db", key: undefined, optional: false },
    { kind: "Secret", name: "tls", key: undefined, optional: false },
    { kind: "Secret", name: "tls", key: "ca.crt", optional: false },
    { kind: "Secret", name: "registry", key: undefined, optional: false },
  ]);
});

test("podReferences lists what several containers read once, but apart where one cannot do without", () => {
  const secretRef = { name: "db" };
  const containers = [{ secretRef }, { secretRef }, { secretRef: { ...secretRef, optional: true } }, { configMapRef: secretRef }];
  expect(podReferences({ containers: containers.map((source) => ({ name: "catalogue", image: "c", envFrom: [source] })) })).toEqual([
    { kind: "Secret", name: "db", key: undefined, optional: false },
    { kind: "Secret", name: "db", key: undefined, optional: true },
    { kind: "ConfigMap", name: "db", key: undefined, optional: false },
  ]);
});
