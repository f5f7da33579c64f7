import { expect, test } from "@jest/globals";
import { RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import { absentNamespaces } from "../../lib/validation/absent-namespaces.ts";
import { manifest, platform, unitOf } from "../support/manifests.ts";

const configMap = (namespace: string | undefined, owner = platform) => manifest({ kind: "ConfigMap", metadata: { namespace } }, owner);
const namespace = (name: string) => manifest({ kind: "Namespace", metadata: { name, namespace: undefined } }, platform);

test("absentNamespaces names each namespace that objects are in and that is not there, none at the end", () => {
  const manifests = [
    configMap("shop"),
    configMap(undefined),
    configMap("kitchen"),
    configMap("shop"),
    configMap("till"),
    namespace("till"),
  ];
  expect(absentNamespaces(new RepositoryFacts(manifests))).toEqual(["kitchen", "shop", ""]);
});

test("absentNamespaces asks for the namespace on the object's own cluster", () => {
  expect(absentNamespaces(new RepositoryFacts([namespace("shop"), configMap("shop", unitOf("catalogue", { cluster: "dev-us" }))]))).toEqual(
    ["shop"],
  );
});

test("absentNamespaces says nothing of what may belong to the whole cluster", () => {
  const [role, paper] = [
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" },
    { apiVersion: "bookshop.example/v1", kind: "Paper" },
  ];
  const manifests = [role, paper].map((kind) => manifest({ ...kind, metadata: { namespace: undefined } }, platform));
  expect(absentNamespaces(new RepositoryFacts(manifests))).toEqual([]);
});
