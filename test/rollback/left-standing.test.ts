import { expect, test } from "@jest/globals";
import { ImageReference } from "../../lib/image/image-reference.ts";
import type { KubernetesObject } from "../../lib/manifest/manifest.ts";
import { leftStanding } from "../../lib/rollback/left-standing.ts";
import type { UnitObject } from "../../lib/rollback/unit-objects.ts";

const [older, newer] = ["ghcr.io/acme/orders:v1", "ghcr.io/acme/orders:v2"];
const pins = (image: string): ReadonlyMap<string, ImageReference> => new Map([["shop/orders", ImageReference.parse(image)]]);

const of = (apiVersion: string, kind: string, rest: object): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: "orders" },
  ...rest,
});
const deployment = (image: string, spec: object = {}): KubernetesObject =>
  of("apps/v1", "Deployment", { spec: { template: { spec: { containers: [{ name: "orders", image, ...spec }] } } } });
const objects = (documents: readonly KubernetesObject[]): ReadonlyMap<string, UnitObject> =>
  new Map(
    documents.map((document) => [
      `${document.kind} ${document.metadata.name}`,
      { unit: "orders", document, name: `${document.kind} ${document.metadata.name}` },
    ]),
  );

function left(then: readonly KubernetesObject[], now: readonly KubernetesObject[]): string[] {
  return leftStanding({
    then: { objects: objects(then), pins: pins(older) },
    now: { objects: objects(now), pins: pins(newer) },
  }).map(({ kind, message }) => `${kind}: ${message}`);
}

const configMap = (data: object, more: object = {}): KubernetesObject => of("v1", "ConfigMap", { data, ...more });
const claim = (storage: string, more: object = {}): KubernetesObject =>
  of("v1", "PersistentVolumeClaim", { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } }, ...more } });
const job = (image: string, annotations: Readonly<Record<string, string>>): KubernetesObject => ({
  ...of("batch/v1", "Job", { spec: { template: { spec: { containers: [{ name: "orders", image }] } } } }),
  metadata: { name: "orders", annotations },
});

test.each<[string, readonly KubernetesObject[], readonly KubernetesObject[], readonly string[]]>([
  ["a pin that moved", [deployment(older)], [deployment(newer)], []],
  [
    "an image that is no pin",
    [deployment("ghcr.io/acme/proxy:v1")],
    [deployment(newer)],
    ["config: Deployment orders changed since: spec.template.spec.containers[orders].image"],
  ],
  [
    "fields beside a pin that moved",
    [deployment(older, { args: ["--slow"] })],
    [deployment(newer, { args: ["--fast"], tty: true })],
    ["config: Deployment orders changed since: spec.template.spec.containers[orders].args[0], spec.template.spec.containers[orders].tty"],
  ],
  [
    "more fields than are named",
    [configMap({})],
    [configMap({ a: "", b: "", c: "", d: "", e: "", f: "", g: "" })],
    ["config: ConfigMap orders changed since: data.a, data.b, data.c, data.d, data.e, data.f and 1 more"],
  ],
  [
    "a checksum that follows from the configuration",
    [{ ...configMap({}), metadata: { name: "orders", annotations: { "keelson.dev/config-checksum": "1" } } }],
    [{ ...configMap({}), metadata: { name: "orders", annotations: { "keelson.dev/config-checksum": "2" } } }],
    [],
  ],
  ["an object that is new", [], [configMap({})], ["added: ConfigMap orders is new since"]],
  ["an object that is gone", [configMap({})], [], ["removed: ConfigMap orders is gone since"]],
  ["keys in another order", [configMap({ a: "1", b: "2" })], [configMap({ b: "2", a: "1" })], []],
  [
    "an ExternalSecret",
    [of("external-secrets.io/v1", "ExternalSecret", { spec: { refreshInterval: "1h" } })],
    [of("external-secrets.io/v1", "ExternalSecret", { spec: { refreshInterval: "5m" } })],
    ["secret: ExternalSecret orders changed since: spec.refreshInterval"],
  ],
  ["a SealedSecret that is new", [], [of("bitnami.com/v1alpha1", "SealedSecret", {})], ["secret: SealedSecret orders is new since"]],
  [
    "a Deployment's selector",
    [of("apps/v1", "Deployment", { spec: { selector: { a: "1" } } })],
    [of("apps/v1", "Deployment", { spec: { selector: { a: "2" } } })],
    [
      "config: Deployment orders changed since: spec.selector.a",
      "immutable: Deployment orders cannot be changed back in place: spec.selector",
    ],
  ],
  [
    "a StatefulSet's claims and Service",
    [of("apps/v1", "StatefulSet", { spec: { serviceName: "a", volumeClaimTemplates: [] } })],
    [of("apps/v1", "StatefulSet", { spec: { serviceName: "b", volumeClaimTemplates: [claim("1Gi")], podManagementPolicy: "Parallel" } })],
    [
      "config: StatefulSet orders changed since: spec.serviceName, spec.volumeClaimTemplates[0], spec.podManagementPolicy",
      "immutable: StatefulSet orders cannot be changed back in place: spec.serviceName, spec.podManagementPolicy, spec.volumeClaimTemplates",
    ],
  ],
  ["a Job that is no hook", [job(older, {})], [job(newer, {})], ["immutable: Job orders cannot be changed back in place: spec.template"]],
  ["a Job that is a hook", [job(older, { "argocd.argoproj.io/hook": "Sync" })], [job(newer, { "argocd.argoproj.io/hook": "Sync" })], []],
  [
    "a Service that lost its address",
    [of("v1", "Service", { spec: {} })],
    [of("v1", "Service", { spec: { clusterIP: "None" } })],
    ["config: Service orders changed since: spec.clusterIP", "immutable: Service orders cannot be changed back in place: spec.clusterIP"],
  ],
  [
    "a ConfigMap that never changes",
    [configMap({ a: "1" })],
    [configMap({ a: "2" }, { immutable: true })],
    ["config: ConfigMap orders changed since: data.a, immutable", "immutable: ConfigMap orders cannot be changed back in place: data"],
  ],
  [
    "a claim that grew",
    [claim("1Gi")],
    [claim("2Gi")],
    [
      "config: PersistentVolumeClaim orders changed since: spec.resources.requests.storage",
      "immutable: PersistentVolumeClaim orders cannot be changed back in place: spec.resources.requests.storage, which only grows",
    ],
  ],
  [
    "a claim that shrank, which can grow again",
    [claim("2Gi")],
    [claim("1Gi")],
    ["config: PersistentVolumeClaim orders changed since: spec.resources.requests.storage"],
  ],
  [
    "a claim of another class",
    [claim("1Gi", { storageClassName: "slow" })],
    [claim("1Gi", { storageClassName: "fast" })],
    [
      "config: PersistentVolumeClaim orders changed since: spec.storageClassName",
      "immutable: PersistentVolumeClaim orders cannot be changed back in place: spec.storageClassName",
    ],
  ],
  [
    "a role binding",
    [of("rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef: { name: "a" } })],
    [of("rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef: { name: "b" } })],
    ["config: RoleBinding orders changed since: roleRef.name", "immutable: RoleBinding orders cannot be changed back in place: roleRef"],
  ],
  [
    "a storage class",
    [of("storage.k8s.io/v1", "StorageClass", { provisioner: "a" })],
    [of("storage.k8s.io/v1", "StorageClass", { provisioner: "b" })],
    [
      "config: StorageClass orders changed since: provisioner",
      "immutable: StorageClass orders cannot be changed back in place: provisioner",
    ],
  ],
])("%s", (_, then, now, messages) => {
  expect(left(then, now)).toEqual(messages);
});
