import { describe, expect, test } from "@jest/globals";
import { type ClusterProps, defineCluster } from "../../lib/definition/cluster.ts";
import { Signature } from "../../lib/definition/signature.ts";
import { TrustPolicy } from "../../lib/definition/trust-policy.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { caught } from "../support/caught.ts";

const images = ["registry.example/bookshop"] as const;
const signature = Signature.keyless({ issuer: "https://ci.example", subject: "release" });
const plain = TrustPolicy.of({ registries: images });
const signed = TrustPolicy.of({ registries: images, signatures: { books: { images, by: [signature] } } });
const define = (props: Partial<ClusterProps>): object =>
  defineCluster({ ...bookshopContext().cluster, name: "eu", destination: { name: "eu" }, ...props });

describe("defineCluster", () => {
  test.each([
    {},
    { trust: plain },
    { trust: signed, signatureEngine: "kyverno" },
    { trust: signed, signatureEngine: "policy-controller" },
  ] as const)("keeps %j", (props) => {
    expect(define(props)).toMatchObject(props);
  });

  test("fails for signatures that nobody verifies", () => {
    expect(caught(() => define({ trust: signed }))).toBe(
      "the trust policy of cluster 'eu' asks for signatures, which nobody verifies there\nhint: say signatureEngine, and install that engine on the cluster",
    );
  });

  test.each([{ signatureEngine: "kyverno" }, { trust: plain, signatureEngine: "kyverno" }] as const)(
    "fails for an engine that has nothing to verify: %j",
    (props) => {
      expect(caught(() => define(props))).toBe(
        "cluster 'eu' has the signature engine 'kyverno', but nothing must be signed there\nhint: say signatures in its trust policy, or leave signatureEngine out",
      );
    },
  );

  test("fails for an engine that is none, nearest first", () => {
    const engine = "kyvreno" as "kyverno";
    expect(caught(() => define({ trust: signed, signatureEngine: engine }))).toBe(
      "the signature engine 'kyvreno' of cluster 'eu' is none\nhint: the engines are: 'kyverno', 'policy-controller'",
    );
  });
});
