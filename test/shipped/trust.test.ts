import { describe, expect, test } from "@jest/globals";
import { fieldAt } from "../support/field-at.ts";
import { renderApps, shipped, shippedPins } from "../support/render-apps.ts";

const { manifests } = renderApps();
const [{ cluster } = shipped.controlPlanes[0]!] = shipped.controlPlanes;
const trust = cluster.trust!;
const admission = manifests.filter(({ owner }) => owner.scope === "cluster" && owner.unit === "image-trust");
const namespacesOf = (kind: string, name: string, path: string): unknown => {
  const { document } = admission.find(({ document: { kind: own, metadata } }) => own === kind && metadata.name === name)!;
  return fieldAt(document, `${path}.namespaceSelector.matchExpressions.0.values`);
};
const all = [
  "inventory-system-production",
  "inventory-system-staging",
  "mlops-sentiment-dev",
  "mlops-sentiment-production",
  "mlops-sentiment-staging",
  "remla-dev",
  "remla-production",
  "remla-staging",
  "shop-dev",
  "shop-production",
  "shop-staging",
  "sms-stack-dev",
  "sms-stack-production",
  "sms-stack-staging",
];

describe("the trust policy of cluster 'main'", () => {
  test("trusts the registries of the systems, and the mesh's proxy", () => {
    expect(trust.registries).toEqual(["ghcr.io/acme", "europe-docker.pkg.dev/acme-shop/shop"]);
    expect(trust.exemptions.map(({ images }) => images)).toEqual(["registry.istio.io/release/proxyv2", "docker.io/istio/proxyv2"]);
  });

  test("admits every pin of every environment", () => {
    for (const { definition } of shipped.environments) {
      for (const [key, { reference }] of shippedPins.get(definition.name)!.pins) {
        expect([definition.name, key, trust.refusal(String(reference), definition.policy.images)]).toEqual([
          definition.name,
          key,
          undefined,
        ]);
      }
    }
  });

  test("wants every image of ours signed by the release workflow, of the main branch or a release, of a repository of acme", () => {
    const [signers] = Object.values(trust.signatures);
    expect(trust.unsigned).toEqual(trust.exemptions.map(({ images }) => images));
    const subjects = signers!.by.map(({ shape }) => (shape.kind === "keyless" ? new RegExp(shape.identity.subjectRegExp!) : /^$/));
    const workflow = "https://github.com/acme/shop/.github/workflows/release.yaml@refs";
    const signed = (subject: string): boolean => subjects.some((expression) => expression.test(subject));
    for (const ref of ["heads/main", "tags/v1.2.3"]) expect([ref, signed(`${workflow}/${ref}`)]).toEqual([ref, true]);
    for (const stranger of [
      `${workflow}/heads/main-evil`,
      `${workflow}/pull/7/merge`,
      `${workflow}/tags/latest`,
      "https://github.com/acme-evil/shop/.github/workflows/release.yaml@refs/heads/main",
      "https://github.com/acme/evil/shop/.github/workflows/release.yaml@refs/heads/main",
      "https://github.com/acme/shop/.github/workflows/test.yaml@refs/heads/main",
      "https://evil.example/https://github.com/acme/shop/.github/workflows/release.yaml@refs/heads/main",
    ])
      expect([stranger, signed(stranger)]).toEqual([stranger, false]);
  });

  test("is enforced in every namespace of a system, with digests in staging and production", () => {
    const native = "ValidatingAdmissionPolicyBinding";
    expect(namespacesOf(native, "keelson-trusted-registries", "spec.matchResources")).toEqual(all);
    expect(namespacesOf(native, "keelson-image-digests", "spec.matchResources")).toEqual(all.filter((name) => !name.endsWith("-dev")));
  });

  test("has its signatures verified by Kyverno, which leaves the images as Git has them", () => {
    expect(cluster.signatureEngine).toBe("kyverno");
    expect(namespacesOf("ImageValidatingPolicy", "released-images", "spec.matchConstraints")).toEqual(all);
    const { document } = admission.find(({ document: { kind } }) => kind === "ImageValidatingPolicy")!;
    expect(fieldAt(document, "spec.validationConfigurations")).toEqual({ mutateDigest: false, verifyDigest: false, required: true });
  });
});
