import { describe, expect, test } from "@jest/globals";
import { SecretStoreProvider } from "../../lib/secrets/secret-store-provider.ts";
import { defineSecretStore } from "../../lib/secrets/secret-store.ts";
import { caught } from "../support/caught.ts";

const provider = SecretStoreProvider.gcpSecretManager({ projectID: "bookshop-123" });

describe("defineSecretStore", () => {
  test("is a ClusterSecretStore", () => {
    expect(defineSecretStore({ name: "bookshop-vault", provider })).toEqual({
      name: "bookshop-vault",
      kind: "ClusterSecretStore",
      provider,
    });
  });

  test("fails for a name that Kubernetes refuses", () => {
    expect(caught(() => defineSecretStore({ name: "Bookshop Vault", provider }))).toBe(
      "the secret store name 'Bookshop Vault' cannot be used\n" +
        "hint: use at most 40 lower-case letters, digits and '-', starting with a letter and ending with a letter or digit",
    );
  });
});
