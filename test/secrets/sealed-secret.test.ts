import { describe, expect, test } from "@jest/globals";
import { SealedSecret, type SealedSecretProps } from "../../lib/secrets/sealed-secret.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext({ annotations: { "argocd.argoproj.io/sync-wave": "-1" } });
const props: SealedSecretProps = { name: "card-terminal", keys: ["password"] };
const render = (secret: SealedSecretProps) => renderOne((scope) => new SealedSecret(scope, "secret", { context, ...secret }));

describe("SealedSecret", () => {
  test("is bound to its namespace and name, and makes a Secret with the unit's labels, not its wave", () => {
    expect(render(props)).toEqual({
      apiVersion: "bitnami.com/v1alpha1",
      kind: "SealedSecret",
      metadata: { name: "card-terminal", namespace: "bookshop-dev", labels: context.labels, annotations: context.annotations },
      spec: {
        encryptedData: { password: "sealed-card-terminal-password" },
        template: { metadata: { name: "card-terminal", namespace: "bookshop-dev", labels: context.labels } },
      },
    });
  });

  test("every prop reaches the manifest", () => {
    const every: Required<SealedSecretProps> = {
      name: "registry-login",
      keys: ["token", ".dockerconfigjson"],
      scope: "cluster-wide",
      type: "kubernetes.io/dockerconfigjson",
      labels: { "bookshop.example/partner": "registry" },
    };
    const scope = { "sealedsecrets.bitnami.com/cluster-wide": "true" };
    const { metadata, spec } = render(every);
    expect(metadata.annotations).toEqual({ ...context.annotations, ...scope });
    expect(spec).toEqual({
      encryptedData: { ".dockerconfigjson": "sealed-registry-login-.dockerconfigjson", token: "sealed-registry-login-token" },
      template: {
        metadata: { name: "registry-login", namespace: "bookshop-dev", labels: { ...context.labels, ...every.labels }, annotations: scope },
        type: "kubernetes.io/dockerconfigjson",
      },
    });
  });

  test("says a scope on the object and on its template, or the controller would bind otherwise", () => {
    const scope = { "sealedsecrets.bitnami.com/namespace-wide": "true" };
    const { metadata, spec } = render({ ...props, scope: "namespace-wide" });
    expect(metadata.annotations).toMatchObject(scope);
    expect(spec).toHaveProperty("template.metadata.annotations", scope);
    expect(render({ ...props, scope: "strict" })).toEqual(render(props));
  });

  test("fails for a scope that is none, nearest first", () => {
    const scope = "namespacewide" as "namespace-wide";
    expect(caught(() => render({ ...props, scope }))).toBe(
      "the scope 'namespacewide' of sealed secret 'card-terminal' is none\nhint: the scopes are: 'namespace-wide', 'cluster-wide', 'strict'",
    );
  });

  test.each([
    [[], "sealed secret 'card-terminal' has no key"],
    [["pin", "pin"], "sealed secret 'card-terminal' lists the key 'pin' twice"],
    [["the pin"], "the key 'the pin' of sealed secret 'card-terminal' cannot be used\nhint: use letters, digits, '-', '_' and '.'"],
  ])("fails for the keys %j", (keys, message) => {
    expect(caught(() => render({ ...props, keys }))).toBe(message);
  });
});
