import { describe, expect, test } from "@jest/globals";
import { TrustPolicyAdmission, type TrustPolicyAdmissionProps } from "../../lib/admission/trust-policy-admission.ts";
import type { ClusterContext } from "../../lib/definition/workload-class.ts";
import { imagePattern } from "../../lib/definition/image-prefix.ts";
import { Signature } from "../../lib/definition/signature.ts";
import { TrustPolicy } from "../../lib/definition/trust-policy.ts";
import type { KubernetesObject } from "../../lib/manifest/manifest.ts";
import { caught } from "../support/caught.ts";
import { fieldAt } from "../support/field-at.ts";
import { renderConstruct } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const identity = { issuer: "https://ci.example", subject: "https://git.example/bookshop/release.yaml@main" };
const publicKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAErxNknXmWAB/80tEy9PLbH2CwcLIl
vYE6tJK1GXdO3ww9jO/cSGCI7De1kvY/smylBRABazDsaLdn9woQvTMBCA==
-----END PUBLIC KEY-----
`;
const registries = ["registry.example/bookshop", "docker.io/bookshop"] as const;
const exemptions = [{ images: "docker.io/istio/proxyv2", reason: "the mesh puts it into Pods" }];
const plain = TrustPolicy.of({ registries, exemptions });
const signed = TrustPolicy.of({
  registries,
  exemptions,
  signatures: {
    books: { images: ["registry.example/bookshop"], by: [Signature.keyless(identity), Signature.key(publicKey)] },
    covers: { images: ["docker.io/bookshop/cover"], by: [Signature.key(publicKey)] },
  },
});
const namespaces = [
  { name: "bookshop-production", cluster: "eu", digest: "required" },
  { name: "bookshop-dev", cluster: "eu", digest: "optional" },
  { name: "warehouse-dev", cluster: "us", digest: "required" },
] as const;

function render(cluster: Partial<ClusterContext>, props: TrustPolicyAdmissionProps = { namespaces }): readonly KubernetesObject[] {
  const context = bookshopContext({ system: "platform", unit: "image-trust", namespace: "argocd" });
  const own = { ...context, cluster: { ...context.cluster, ...cluster } };
  return renderConstruct((scope) => new TrustPolicyAdmission(scope, "trust", { context: own, ...props }));
}

const titles = (objects: readonly KubernetesObject[]): string[] => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
const byName = (...names: readonly string[]): object => ({
  matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: names }],
});
const native = [
  "ValidatingAdmissionPolicy keelson-trusted-registries",
  "ValidatingAdmissionPolicyBinding keelson-trusted-registries",
  "ValidatingAdmissionPolicy keelson-image-digests",
  "ValidatingAdmissionPolicyBinding keelson-image-digests",
];

describe("TrustPolicyAdmission", () => {
  test("judges registries everywhere, and digests where the environment asks for them, in the namespaces of this cluster", () => {
    const objects = render({ trust: plain });
    expect(titles(objects)).toEqual(native);
    expect(objects.map(({ metadata }) => metadata.namespace)).toEqual([undefined, undefined, undefined, undefined]);
    expect(fieldAt(objects[1], "spec")).toEqual({
      policyName: "keelson-trusted-registries",
      validationActions: ["Deny"],
      matchResources: { namespaceSelector: byName("bookshop-dev", "bookshop-production") },
    });
    expect(fieldAt(objects[3], "spec.matchResources.namespaceSelector")).toEqual(byName("bookshop-production"));
  });

  test("reads the images by the very expressions of the trust policy", () => {
    const [registry, , digest] = render({ trust: plain });
    for (const [policy, pattern] of [
      [registry, plain.trustedPattern],
      [digest, plain.digestPattern],
    ] as const) {
      expect(String(fieldAt(policy, "spec.variables.2.expression"))).toContain(`.matches(r'${pattern}')`);
    }
    expect(plain.trustedPattern).toBe(imagePattern([...registries, "docker.io/istio/proxyv2"]));
  });

  test("fails closed, in the words of the offline rule", () => {
    const [registry, , digest] = render({ trust: plain });
    for (const [policy, refusal] of [
      [registry, plain.strangerRefusal],
      [digest, "has no digest"],
    ] as const) {
      expect(fieldAt(policy, "spec.failurePolicy")).toBe("Fail");
      expect(fieldAt(policy, "spec.validations")).toEqual([
        {
          expression: "variables.refused.size() == 0",
          message: `an image ${refusal}`,
          messageExpression: `variables.refused.map(image, 'image \\'' + string(image) + '\\' ${refusal}').join('; ')`,
          reason: "Forbidden",
        },
      ]);
    }
  });

  test("matches Pods, containers that are added to them, and all that makes Pods", () => {
    const rules = fieldAt(render({ trust: plain })[0], "spec.matchConstraints.resourceRules") as {
      apiGroups: string[];
      resources: string[];
    }[];
    expect(rules.flatMap(({ apiGroups, resources }) => resources.map((resource) => `${apiGroups.join()}/${resource}`))).toEqual([
      "/pods",
      "/pods/ephemeralcontainers",
      "apps/daemonsets",
      "apps/deployments",
      "apps/replicasets",
      "apps/statefulsets",
      "batch/cronjobs",
      "batch/jobs",
    ]);
    expect(rules).toEqual(rules.map((rule) => ({ ...rule, apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], scope: "Namespaced" })));
  });

  test("asks for no digest where no environment does", () => {
    expect(titles(render({ trust: plain }, { namespaces: [namespaces[1]] }))).toEqual(native.slice(0, 2));
  });

  test("lets Kyverno verify signatures, any one of an entry, and change nothing", () => {
    const objects = render({ trust: signed, signatureEngine: "kyverno" });
    expect(titles(objects)).toEqual([...native, "ImageValidatingPolicy books", "ImageValidatingPolicy covers"]);
    const { matchConditions, matchConstraints, ...spec } = objects[4]!.spec as Record<string, unknown>;
    expect(spec).toEqual({
      failurePolicy: "Fail",
      validationActions: ["Deny"],
      matchImageReferences: [{ expression: `ref.matches(r'${imagePattern(["registry.example/bookshop"])}')` }],
      validationConfigurations: { mutateDigest: false, verifyDigest: false, required: true },
      attestors: [
        { name: "signer1", cosign: { keyless: { identities: [identity] }, ctlog: { url: "https://rekor.sigstore.dev" } } },
        { name: "signer2", cosign: { key: { data: publicKey, hashAlgorithm: "sha256" }, ctlog: { url: "https://rekor.sigstore.dev" } } },
      ],
      validations: [
        {
          expression:
            "(images.containers + images.initContainers + images.ephemeralContainers)\n  .all(image, verifyImageSignatures(image, [attestors.signer1, attestors.signer2]) > 0)",
          message: "an image of registry.example/bookshop is not signed as 'books' asks",
        },
      ],
    });
    expect(matchConstraints).toEqual({
      namespaceSelector: byName("bookshop-dev", "bookshop-production"),
      resourceRules: fieldAt(objects[0], "spec.matchConstraints.resourceRules"),
    });
    expect(matchConditions).toEqual([{ name: "new-images", expression: expect.stringMatching(/^oldObject == null \|\| /) }]);
  });

  test("lets policy-controller verify the same, with all that its webhook would fill in, and admit what needs no signature", () => {
    const objects = render({ trust: signed, signatureEngine: "policy-controller" }).slice(4);
    const ctlog = { url: "https://rekor.sigstore.dev" };
    const key = { data: publicKey, hashAlgorithm: "sha256" };
    expect(objects.map(({ metadata: { name }, spec }) => [name, spec])).toEqual([
      [
        "books",
        {
          mode: "enforce",
          images: [
            { glob: "registry.example/bookshop:*" },
            { glob: "registry.example/bookshop@*" },
            { glob: "registry.example/bookshop/**" },
          ],
          authorities: [
            { name: "signer1", keyless: { url: "https://fulcio.sigstore.dev", identities: [identity] }, ctlog },
            { name: "signer2", key, ctlog },
          ],
        },
      ],
      [
        "covers",
        {
          mode: "enforce",
          images: [":*", "@*", "/**"].map((end) => ({ glob: `index.docker.io/bookshop/cover${end}` })),
          authorities: [{ name: "signer1", key, ctlog }],
        },
      ],
      [
        "keelson-unsigned-images",
        {
          mode: "enforce",
          images: ["bookshop", "istio/proxyv2"].flatMap((name) =>
            [":*", "@*", "/**"].map((end) => ({ glob: `index.docker.io/${name}${end}` })),
          ),
          authorities: [{ name: "unsigned", static: { action: "pass" } }],
        },
      ],
    ]);
    expect(objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual(
      Array(3).fill("policy.sigstore.dev/v1beta1 ClusterImagePolicy"),
    );
  });

  test("names no image of a registry without a path to policy-controller", () => {
    const images = ["registry.example:5000"] as const;
    const trust = TrustPolicy.of({ registries: images, signatures: { books: { images, by: [Signature.key(publicKey)] } } });
    const objects = render({ trust, signatureEngine: "policy-controller" });
    expect(titles(objects).slice(4)).toEqual(["ClusterImagePolicy books"]);
    expect(fieldAt(objects[4], "spec.images")).toEqual([{ glob: "registry.example:5000/**" }]);
  });

  test("fails on a cluster without a trust policy, and where no system runs", () => {
    expect(caught(() => render({}))).toBe(
      "cluster 'eu' has no trust policy\nhint: say trust in its definition, or list the clusters of this unit without it",
    );
    expect(caught(() => render({ name: "asia", trust: plain }))).toBe(
      "the trust policy of cluster 'asia' would hold in no namespace\nhint: list the clusters that systems run on as those of this unit",
    );
  });
});
