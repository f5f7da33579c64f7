import { describe, expect, test } from "@jest/globals";
import type { UnitContext } from "../../lib/definition/workload-class.ts";
import { ExternalSecret } from "../../lib/secrets/external-secret.ts";
import type { ExternalSecretProps } from "../../lib/secrets/external-secret.ts";
import { SecretTarget } from "../../lib/secrets/secret-target.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext();
const props: ExternalSecretProps = {
  name: "card-terminal",
  store: { name: "bookshop-vault", kind: "ClusterSecretStore" },
  data: { password: { key: "card-terminal-password" } },
};
const listDefaults = { conversionStrategy: "Default", decodingStrategy: "None", metadataPolicy: "None" };

function render(secret: ExternalSecretProps & { readonly context?: UnitContext }) {
  return renderOne((scope) => new ExternalSecret(scope, "secret", { context, ...secret }));
}

describe("ExternalSecret", () => {
  test("owns a Secret of its own name, refreshed every hour, with the defaults that the API server fills into lists", () => {
    expect(render(props)).toEqual({
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: "card-terminal", namespace: "bookshop-dev", labels: context.labels },
      spec: {
        refreshInterval: "1h0m0s",
        secretStoreRef: { name: "bookshop-vault", kind: "ClusterSecretStore" },
        target: { name: "card-terminal", creationPolicy: "Owner", deletionPolicy: "Retain" },
        data: [{ secretKey: "password", remoteRef: { key: "card-terminal-password", ...listDefaults } }],
      },
    });
  });

  test("every prop reaches the manifest, the keys sorted", () => {
    const every: Required<ExternalSecretProps> = {
      name: "till",
      store: { name: "till-vault", kind: "SecretStore" },
      refreshInterval: "15m0s",
      target: SecretTarget.owned({ name: "till-credentials", type: "kubernetes.io/basic-auth" }),
      nullBytePolicy: "Ignore",
      data: { username: { key: "till", property: "user" }, password: { key: "till", property: "pass", version: "latest" } },
    };
    const object = render(every);
    expect(object.metadata.name).toBe("till");
    expect(object.spec).toEqual({
      refreshInterval: "15m0s",
      secretStoreRef: { name: "till-vault", kind: "SecretStore" },
      target: {
        name: "till-credentials",
        creationPolicy: "Owner",
        deletionPolicy: "Retain",
        template: { engineVersion: "v2", mergePolicy: "Replace", type: "kubernetes.io/basic-auth" },
      },
      data: [
        {
          secretKey: "password",
          remoteRef: { key: "till", property: "pass", version: "latest", ...listDefaults, nullBytePolicy: "Ignore" },
        },
        { secretKey: "username", remoteRef: { key: "till", property: "user", ...listDefaults, nullBytePolicy: "Ignore" } },
      ],
    });
  });

  test.each([
    ["1.3.2", undefined],
    ["2.2.9", undefined],
    ["2.3.0", "Ignore"],
    ["2.10.0", "Ignore"],
    [undefined, undefined],
  ])("writes what operator %s would fill into the list: nullBytePolicy %s", (externalSecrets, expected) => {
    const context = bookshopContext();
    const versions = externalSecrets === undefined ? {} : { externalSecrets };
    const object = render({ ...props, context: { ...context, cluster: { ...context.cluster, versions } } });
    const [first] = (object.spec as { data: { remoteRef: { nullBytePolicy?: string } }[] }).data;
    expect(first?.remoteRef.nullBytePolicy).toBe(expected);
  });

  test("merges keys into a Secret that exists", () => {
    expect(render({ ...props, target: SecretTarget.mergedInto("argocd-secret") })).toHaveProperty("spec.target", {
      name: "argocd-secret",
      creationPolicy: "Merge",
      deletionPolicy: "Retain",
      template: { engineVersion: "v2", mergePolicy: "Merge" },
    });
  });

  test("fails without a key", () => {
    expect(caught(() => render({ ...props, data: {} }))).toBe("external secret 'card-terminal' has no key");
  });

  test.each(["p", "tls.crt", "CARD_TERMINAL-2", "k".repeat(253)])("takes the key %s", (secretKey) => {
    expect(render({ ...props, data: { [secretKey]: { key: "till" } } })).toHaveProperty("spec.data.0.secretKey", secretKey);
  });

  test.each(["", "pass word", "k".repeat(254)])("fails for the key '%s', which a Secret cannot have", (secretKey) => {
    expect(caught(() => render({ ...props, data: { [secretKey]: { key: "till" } } }))).toBe(
      `the key '${secretKey}' of external secret 'card-terminal' cannot be used\nhint: use letters, digits, '-', '_' and '.'`,
    );
  });

  test.each(["projects/bookshop-123/secrets/till/versions/latest", "projects/bookshop-123/secrets/till"])(
    "fails for the path %s",
    (key) => {
      expect(caught(() => render({ ...props, data: { password: { key } } }))).toBe(
        `external secret 'card-terminal' names a secret by its path: got '${key}'\n` +
          `hint: write key: "till", and version beside it: the provider makes the path from the store's project`,
      );
    },
  );

  test("fails for an interval that is not canonical", () => {
    expect(caught(() => render({ ...props, refreshInterval: "1h" }))).toBe(
      "the refresh interval of external secret 'card-terminal' is not a canonical Go duration: got '1h'\nhint: write '1h0m0s'",
    );
  });
});
