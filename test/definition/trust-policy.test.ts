import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Signature } from "../../lib/definition/signature.ts";
import { TrustPolicy, type TrustPolicyProps } from "../../lib/definition/trust-policy.ts";
import { caught } from "../support/caught.ts";
import { exemptPrefix, hasDigest, imageNames, imageReferences, trustedPrefixes } from "../support/image-references.ts";

const signature = Signature.keyless({ issuer: "https://ci.example", subject: "https://git.example/bookshop/release.yaml@main" });
const reason = "the mesh puts it into Pods";
const trust = TrustPolicy.of({ registries: trustedPrefixes, exemptions: [{ images: exemptPrefix, reason }] });

describe("TrustPolicy", () => {
  test.each(imageReferences)("takes %j for what it is: %s", (reference, verdict) => {
    const stranger = `is of no trusted registry (${trustedPrefixes.join(", ")})`;
    expect(trust.refusal(reference, { digest: "optional" })).toBe(verdict === "stranger" ? stranger : undefined);
    const undigested = verdict === "trusted" && !hasDigest(reference) ? "has no digest" : undefined;
    expect(trust.refusal(reference, { digest: "required" })).toBe(verdict === "stranger" ? stranger : undigested);
    expect(trust.admits(reference, { digest: "required" })).toBe(trust.refusal(reference, { digest: "required" }) === undefined);
  });

  test("asks exempt images for no digest, and no others without exemptions", () => {
    expect(trust.admits(exemptPrefix, { digest: "required" })).toBe(true);
    const strict = TrustPolicy.of({ registries: ["docker.io/istio"] });
    expect(strict.refusal(exemptPrefix, { digest: "required" })).toBe("has no digest");
  });

  test("admits of all names exactly those that stand, part by part, below a prefix", () => {
    fc.assert(
      fc.property(imageNames, ([parts, end]) => {
        const reference = parts.join("/") + end;
        const whole = normalized(parts);
        const below = [...trustedPrefixes, exemptPrefix].some((prefix) => prefix.split("/").every((one, index) => whole[index] === one));
        expect([reference, trust.admits(reference, { digest: "optional" })]).toEqual([reference, below && whole.length > 1]);
      }),
      { numRuns: 2000 },
    );
  });

  test("says what needs no signature at all", () => {
    const signatures = {
      ours: { images: ["ghcr.io/acme", "docker.io/bookshop/cover/art"], by: [signature] },
    } satisfies TrustPolicyProps["signatures"];
    const policy = TrustPolicy.of({
      registries: ["ghcr.io/acme/shop", "docker.io/bookshop/cover", "quay.io/acme", "ghcr.io/acme"],
      signatures,
      exemptions: [{ images: exemptPrefix, reason }],
    });
    expect(policy.unsigned).toEqual(["docker.io/bookshop/cover", "quay.io/acme", exemptPrefix]);
  });

  const noPrefix =
    "is no registry with a path\nhint: write it without scheme, tag and trailing slash, for example 'ghcr.io/acme'; images of Docker Hub are 'docker.io/<organization>'";

  test.each([
    "https://ghcr.io/acme",
    "ghcr.io/acme/",
    "ghcr.io/Acme",
    "ghcr.io/acme:1",
    "acme",
    "acme/app",
    "ghcr.io/acme/*",
    "ghcr.io/a'b",
    "",
  ])("fails for the registry '%s'", (registry) => {
    expect(caught(() => TrustPolicy.of({ registries: [registry] }))).toBe(`the trusted registry '${registry}' ${noPrefix}`);
  });

  test.each([
    [
      "docker.io/library/nginx",
      ["nginx:1", "library/nginx", "docker.io/nginx"],
      ["redis", "library/redis:1", "bookshop/nginx", "nginx/nginx"],
    ],
    ["docker.io/library/nginx/deep", ["library/nginx/deep"], ["nginx", "deep", "nginx/deep"]],
    ["docker.io/bookshop/cover", ["bookshop/cover:1"], ["cover", "library/cover", "docker.io/cover"]],
    [
      "docker.io/bookshop",
      ["bookshop/cover", "docker.io/bookshop/cover:1"],
      ["bookshop", "bookshop:1", "docker.io/bookshop", "library/bookshop"],
    ],
    ["docker.io/books.example/cover", ["docker.io/books.example/cover", "index.docker.io/books.example/cover"], ["books.example/cover"]],
    ["docker.io/localhost", ["docker.io/localhost/cover"], ["localhost/cover", "localhost:5000/cover"]],
  ])("knows %s by its short names, and nothing else by them", (registry, own, others) => {
    const policy = TrustPolicy.of({ registries: [registry] });
    const admitted = [...own, ...others].filter((reference) => policy.admits(reference, { digest: "optional" }));
    expect(admitted).toEqual(own);
  });

  test("takes hosts with ports, and localhost", () => {
    expect(
      TrustPolicy.of({ registries: ["localhost:5000", "localhost/books"] }).admits("localhost/books/a:1", { digest: "optional" }),
    ).toBe(true);
  });

  test("fails for Docker Hub as a whole, and by its other name", () => {
    expect(caught(() => TrustPolicy.of({ registries: ["docker.io"] }))).toBe(
      "the trusted registry 'docker.io' takes in everybody's images\nhint: name an organization: 'docker.io/library'",
    );
    expect(caught(() => TrustPolicy.of({ registries: ["index.docker.io/library"] }))).toBe(
      "the trusted registry 'index.docker.io/library' is Docker Hub by another name\nhint: write 'docker.io/library'",
    );
  });

  test("fails for signed images that no registry is trusted for", () => {
    const signatures = { ours: { images: ["ghcr.io/acme-evil"], by: [signature] } } satisfies TrustPolicyProps["signatures"];
    expect(caught(() => TrustPolicy.of({ registries: ["ghcr.io/acme", "quay.io/acme"], signatures }))).toBe(
      "'ghcr.io/acme-evil' must be signed, but is of no trusted registry\nhint: list it under registries, or name images of 'ghcr.io/acme', 'quay.io/acme'",
    );
    expect(caught(() => TrustPolicy.of({ registries: ["ghcr.io/acme"], signatures: { "My Books": signatures.ours } }))).toContain(
      "the signature policy name 'My Books' cannot be used",
    );
  });

  test("fails for an exemption without a reason, of no images, or of images that must be signed", () => {
    const of = (images: string, because = reason) =>
      caught(() =>
        TrustPolicy.of({
          registries: ["ghcr.io/acme"],
          signatures: { ours: { images: ["ghcr.io/acme/shop"], by: [signature] } },
          exemptions: [{ images, reason: because }],
        }),
      );
    expect(of("docker.io/istio/proxyv2", " ")).toBe(
      "the exemption of 'docker.io/istio/proxyv2' has no reason\nhint: say why the images may run",
    );
    expect(of("istio")).toBe(`the exempt prefix 'istio' ${noPrefix}`);
    for (const images of ["ghcr.io/acme/shop/old", "ghcr.io/acme"]) {
      expect(of(images)).toBe(
        `the exemption of '${images}' meets 'ghcr.io/acme/shop', whose images must be signed\nhint: name what must be signed more narrowly: the engines know no exception`,
      );
    }
  });

  test.each<[string, object, string]>([
    [
      "registries",
      { registries: [] },
      'a trust policy trusts no registry\nhint: list where images come from: registries: ["ghcr.io/acme"]',
    ],
    [
      "images of signatures",
      { signatures: { ours: { images: [], by: [signature] } } },
      "the signature policy 'ours' is of no images\nhint: list prefixes of them under images, or take it out",
    ],
    [
      "signatures",
      { signatures: { ours: { images: ["ghcr.io/acme"], by: [] } } },
      "the signature policy 'ours' takes nobody's signature\nhint: say by: [Signature.keyless({ … })]",
    ],
    [
      "reason of an exemption",
      { exemptions: [{ images: "docker.io/istio/proxyv2" }] },
      "the exemption of 'docker.io/istio/proxyv2' has no reason\nhint: say why the images may run",
    ],
  ])("fails without %s, which types would have refused", (_, props, message) => {
    expect(caught(() => TrustPolicy.of({ registries: ["ghcr.io/acme"], ...props }))).toBe(message);
  });
});

/** An image's name as container runtimes understand it: host first, Docker Hub's left out. */
function normalized([first = "", ...rest]: readonly string[]): readonly string[] {
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  const [host, path] = isHost ? [first.replace(/^index\.docker\.io$/, "docker.io"), rest] : ["docker.io", [first, ...rest]];
  return host === "docker.io" && path.length === 1 ? [host, "library", ...path] : [host, ...path];
}
