import { describe, expect, test } from "@jest/globals";
import { SecretTarget } from "../../lib/secrets/secret-target.ts";
import type { OwnedSecretProps } from "../../lib/secrets/secret-target.ts";

describe("SecretTarget", () => {
  test("owned: a Secret of the ExternalSecret's own name, without a template", () => {
    expect(Object.fromEntries(Object.entries(SecretTarget.owned()))).toEqual({
      name: undefined,
      creationPolicy: "Owner",
      template: undefined,
    });
  });

  test("owned: every prop reaches the target", () => {
    const props: Required<OwnedSecretProps> = {
      name: "till",
      labels: { "argocd.argoproj.io/secret-type": "repository" },
      type: "kubernetes.io/basic-auth",
    };
    expect(Object.fromEntries(Object.entries(SecretTarget.owned(props)))).toEqual({
      name: "till",
      creationPolicy: "Owner",
      template: {
        engineVersion: "v2",
        mergePolicy: "Replace",
        metadata: { labels: { "argocd.argoproj.io/secret-type": "repository" } },
        type: "kubernetes.io/basic-auth",
      },
    });
  });

  test("owned: labels alone, and a type alone, each make a template", () => {
    expect(SecretTarget.owned({ labels: { shelf: "till" } }).template).toHaveProperty("metadata", { labels: { shelf: "till" } });
    expect(SecretTarget.owned({ type: "Opaque" }).template).toHaveProperty("type", "Opaque");
  });

  test("mergedInto: a template without metadata, so that the other Secret keeps its labels", () => {
    expect(Object.fromEntries(Object.entries(SecretTarget.mergedInto("argocd-secret")))).toEqual({
      name: "argocd-secret",
      creationPolicy: "Merge",
      template: { engineVersion: "v2", mergePolicy: "Merge" },
    });
  });
});
