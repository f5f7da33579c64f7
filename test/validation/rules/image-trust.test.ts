import { describe, expect, test } from "@jest/globals";
import { TrustPolicyAdmission } from "../../../lib/admission/trust-policy-admission.ts";
import { trustedNamespaces } from "../../../lib/admission/trusted-namespaces.ts";
import type { ClusterProps } from "../../../lib/definition/cluster.ts";
import { Signature } from "../../../lib/definition/signature.ts";
import { TrustPolicy } from "../../../lib/definition/trust-policy.ts";
import type { Definitions } from "../../../lib/definition/definitions.ts";
import type { KubernetesObject, Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { imageDigest } from "../../../lib/validation/rules/image-digest.ts";
import { imageTrust } from "../../../lib/validation/rules/image-trust.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { bookshopNamespace, deployment, manifest, platform, reported, unitOf } from "../../support/manifests.ts";
import { renderConstruct } from "../../support/render-construct.ts";
import { bookshopContext } from "../../support/unit-context.ts";

const images = ["registry.example/bookshop"] as const;
const by = [Signature.keyless({ issuer: "https://ci.example", subject: "release" })] as const;
const trust = TrustPolicy.of({ registries: images });
const signed = TrustPolicy.of({ registries: images, signatures: { books: { images, by } } });
const digest = `@sha256:${"5e4d".repeat(16)}`;
const trustedAdvice = "hint: take it from there, or add its registry to the trust policy of cluster 'dev-eu'";
const renderAdvice = "hint: add a unit of TrustPolicyAdmission to a cluster-wide system on that cluster";
const coverAdvice = "hint: hand TrustPolicyAdmission the namespaces of every system: trustedNamespaces(systems)";

/** What the admission unit renders on `dev-eu`, changed by `change`. */
function admission(definitions: Definitions, change: (document: KubernetesObject) => object = (document) => document): Manifest[] {
  const [cluster] = definitions.environments[0]!.definition.clusters;
  const context = bookshopContext({ system: "platform", unit: "image-trust", namespace: "argocd", cluster });
  const namespaces = trustedNamespaces(definitions.systems);
  return renderConstruct((scope) => new TrustPolicyAdmission(scope, "trust", { context, namespaces })).map((document) => ({
    owner: platform,
    document: change(document) as KubernetesObject,
    source: undefined,
  }));
}

const world = (cluster: Partial<ClusterProps>): Definitions => bookshopWorld({ cluster });
const labelled = manifest(
  { kind: "Namespace", metadata: { name: "bookshop-dev", namespace: undefined, labels: { "policy.sigstore.dev/include": "true" } } },
  unitOf("namespace"),
);
/** Changes the spec of all objects of a kind. */
const withSpec =
  (kind: string, change: object) =>
  (document: KubernetesObject): object =>
    document.kind === kind ? { ...document, spec: { ...(document.spec as object), ...change } } : document;
const runs = (image: unknown): Manifest => deployment({ containers: [{ image }] });

describe("image-trust", () => {
  const definitions = world({ trust });
  const policies = admission(definitions);

  test("lets images of trusted registries pass, with a digest where production asks for one", () => {
    const production = {
      ...runs(`registry.example/bookshop/a:v1${digest}`),
      owner: unitOf("a", { environment: "production", cluster: "dev-eu" }),
    };
    expect(reported(imageTrust, [runs("registry.example/bookshop/a:v1"), production, ...policies], definitions)).toEqual([]);
  });

  test("reports an image once for each workload, wherever its Pods take it from", () => {
    const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => `evil.example/${name}:1`);
    const pods = deployment({
      containers: [{ image: a }, { name: "again", image: a }],
      initContainers: [{ name: "init", image: b }],
      ephemeralContainers: [{ name: "debug", image: c }],
      volumes: [
        { name: "model", image: { reference: d } },
        { name: "none", image: null },
        { name: "cache", emptyDir: {} },
      ],
    });
    expect(reported(imageTrust, [pods, ...policies], definitions)).toEqual(
      [a, b, c, d].map(
        (image) =>
          `Deployment bookshop-dev/catalogue runs image '${image!}', which is of no trusted registry (registry.example/bookshop)\n${trustedAdvice}`,
      ),
    );
  });

  test("reports an image without a digest where policy-controller asks for one, and leaves production to image-digest", () => {
    const image = "registry.example/bookshop/a:v1";
    const production = { ...runs(image), owner: unitOf("a", { environment: "production", cluster: "dev-eu" }) };
    expect(reported(imageTrust, [runs(image), production, ...policies], definitions)).toEqual([]);
    expect(reported(imageDigest, [production], definitions)).toHaveLength(1);
    const controller = world({ trust: signed, signatureEngine: "policy-controller" });
    expect(reported(imageTrust, [runs(image), production], controller).filter((said) => !said.startsWith("cluster "))).toEqual([
      `Deployment bookshop-dev/catalogue runs image '${image}', which has no digest\nhint: pin it by digest: '<image>@sha256:<digest>'`,
    ]);
  });

  test.each([[undefined], [[]], [["text", null]], [[{ image: 7 }, {}]]])("takes the containers %j for what they are", (containers) => {
    const spec = { template: { spec: { containers, volumes: "none" } } };
    expect(reported(imageTrust, [manifest({ apiVersion: "apps/v1", kind: "Deployment", spec }), ...policies], definitions)).toEqual([]);
  });

  test("says nothing without definitions, of clusters without a policy, of other systems, and of what is cluster-wide", () => {
    const evil = runs("evil.example/a:1");
    expect(reported(imageTrust, [evil])).toEqual([]);
    expect(reported(imageTrust, [evil], bookshopWorld())).toEqual([]);
    const others = [platform, unitOf("a", { system: "kiosk" }), unitOf("a", { environment: "fair" })].map((owner) => ({ ...evil, owner }));
    expect(reported(imageTrust, [...others, ...policies], definitions)).toEqual([]);
  });

  test("reports a cluster on which nothing is enforced, once", () => {
    const staging = manifest(
      { kind: "Namespace", metadata: { name: "bookshop-staging", namespace: undefined } },
      unitOf("namespace", { environment: "staging" }),
    );
    expect(reported(imageTrust, [staging], world({ trust: signed, signatureEngine: "policy-controller" }))).toEqual([
      `cluster 'dev-eu' has a trust policy, but not what enforces it: ValidatingAdmissionPolicy 'keelson-trusted-registries', ValidatingAdmissionPolicy 'keelson-image-digests', ClusterImagePolicy 'books'\n${renderAdvice}`,
    ]);
  });

  test("reports a cluster on which nothing is enforced at its own definition", () => {
    const findings = imageTrust.check(new RepositoryFacts([bookshopNamespace], definitions));
    expect(findings.map(({ source, manifest: object }) => [source, object])).toEqual([
      [definitions.environments[0]!.definition.clusters[0].callSite, undefined],
    ]);
  });

  test("reports a signature engine without its policy", () => {
    const kyverno = world({ trust: signed, signatureEngine: "kyverno" });
    const rendered = admission(kyverno);
    expect(reported(imageTrust, rendered, kyverno)).toEqual([]);
    const without = rendered.filter(({ document }) => document.kind !== "ImageValidatingPolicy");
    expect(reported(imageTrust, without, kyverno)).toEqual([
      `cluster 'dev-eu' has a trust policy, but not what enforces it: ImageValidatingPolicy 'books'\n${renderAdvice}`,
    ]);
  });

  const nobody = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "warehouse-dev" } } };
  const outside = (policy: string): string =>
    `Namespace bookshop-dev has images that its cluster does not refuse: outside of ${policy}\n${coverAdvice}`;

  test.each([
    ["is bound elsewhere", { matchResources: nobody }],
    ["only warns", { validationActions: ["Warn"] }],
    ["is bound to another policy", { policyName: "keelson-image-digests" }],
  ])("reports a namespace in which the native policy %s", (_title, change) => {
    const rendered = admission(definitions, withSpec("ValidatingAdmissionPolicyBinding", change));
    expect(reported(imageTrust, rendered, definitions)).toEqual([outside("ValidatingAdmissionPolicy 'keelson-trusted-registries'")]);
  });

  test.each([
    ["holds elsewhere", { matchConstraints: nobody }],
    ["only audits", { validationActions: ["Audit"] }],
  ])("reports a namespace in which Kyverno's policy %s", (_title, change) => {
    const kyverno = world({ trust: signed, signatureEngine: "kyverno" });
    const rendered = admission(kyverno, withSpec("ImageValidatingPolicy", change));
    expect(reported(imageTrust, rendered, kyverno)).toEqual([outside("ImageValidatingPolicy 'books'")]);
  });

  test("reports a namespace that policy-controller does not look at, or only warns in", () => {
    const controller = world({ trust: signed, signatureEngine: "policy-controller" });
    // of two Namespaces of one name each is judged
    expect(reported(imageTrust, [labelled, ...admission(controller)], controller)).toEqual([outside("ClusterImagePolicy 'books'")]);
    const warning = admission(controller, withSpec("ClusterImagePolicy", { mode: "warn" }));
    expect(reported(imageTrust, [labelled, ...warning], controller)).toHaveLength(2);
  });

  test("is not led astray by policies without a spec", () => {
    const rendered = admission(definitions, (document) => ({ ...document, spec: undefined }));
    expect(reported(imageTrust, rendered, definitions)).toEqual([outside("ValidatingAdmissionPolicy 'keelson-trusted-registries'")]);
    expect(reported(imageTrust, [bookshopNamespace], bookshopWorld())).toEqual([]);
  });
});
