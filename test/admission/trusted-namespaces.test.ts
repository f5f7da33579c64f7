import { expect, test } from "@jest/globals";
import { trustedNamespaces } from "../../lib/admission/trusted-namespaces.ts";
import { Signature } from "../../lib/definition/signature.ts";
import { TrustPolicy } from "../../lib/definition/trust-policy.ts";
import { bookshopWorld } from "../support/bookshop-world.ts";

test("are those of every system in its environments, on each cluster, with the digests that the environments ask for", () => {
  expect(trustedNamespaces(bookshopWorld().systems)).toEqual([
    { name: "bookshop-dev", cluster: "dev-eu", digest: "optional" },
    { name: "bookshop-staging", cluster: "dev-eu", digest: "optional" },
    { name: "bookshop-production", cluster: "production-eu", digest: "required" },
  ]);
});

test("follow a system that deviates", () => {
  const world = bookshopWorld();
  const [dev] = world.environments.map(({ definition }) => definition);
  const systems = world.systems.map((system) => ({
    ...system,
    deviations: [{ environment: dev!, policy: { images: { tag: "any", digest: "required" } as const }, reason: "like production" }],
  }));
  expect(trustedNamespaces(systems).map(({ name, digest }) => [name, digest])).toEqual([
    ["bookshop-dev", "required"],
    ["bookshop-staging", "optional"],
    ["bookshop-production", "required"],
  ]);
});

test("need digests in every environment where policy-controller would write them itself", () => {
  const images = ["registry.example/bookshop"] as const;
  const by = [Signature.keyless({ issuer: "https://ci.example", subject: "release" })] as const;
  const trust = TrustPolicy.of({ registries: images, signatures: { books: { images, by } } });
  const digests = (signatureEngine: "kyverno" | "policy-controller"): string[] =>
    trustedNamespaces(bookshopWorld({ cluster: { trust, signatureEngine } }).systems).map(({ digest }) => digest);
  expect(digests("policy-controller")).toEqual(["required", "required", "required"]);
  expect(digests("kyverno")).toEqual(["optional", "optional", "required"]);
});
