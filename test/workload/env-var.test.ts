import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { EnvSource, EnvVar, toKubernetesEnv, toKubernetesEnvFrom } from "../../lib/workload/env-var.ts";

describe("toKubernetesEnv", () => {
  test("writes each source in Kubernetes' terms, by name", () => {
    expect(
      toKubernetesEnv({
        ZONE: "north",
        EMPTY: "",
        PASSWORD: EnvVar.secretKey("db-credentials", "password"),
        TOKEN: EnvVar.secretKey("mail", "token", { optional: true }),
        THEME: EnvVar.configMapKey("themes", "default"),
        ACCENT: EnvVar.configMapKey("themes", "accent", { optional: true }),
        POD_NAME: EnvVar.field("metadata.name"),
      }),
    ).toEqual([
      { name: "ACCENT", valueFrom: { configMapKeyRef: { name: "themes", key: "accent", optional: true } } },
      { name: "EMPTY", value: "" },
      { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "db-credentials", key: "password" } } },
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      { name: "THEME", valueFrom: { configMapKeyRef: { name: "themes", key: "default" } } },
      { name: "TOKEN", valueFrom: { secretKeyRef: { name: "mail", key: "token", optional: true } } },
      { name: "ZONE", value: "north" },
    ]);
  });

  test("puts variables that refer to others last, in the order given, so that the kubelet can resolve them", () => {
    const env = { BASE_URL: "http://$(HOST):8080", ADMIN_URL: "$(BASE_URL)/admin", HOST: EnvVar.field("status.podIP"), CURRENCY: "EUR" };
    expect(toKubernetesEnv(env)?.map(({ name }) => name)).toEqual(["CURRENCY", "HOST", "BASE_URL", "ADMIN_URL"]);
  });

  test.each([undefined, {}])("is left out for %p", (env) => {
    expect(toKubernetesEnv(env)).toBeUndefined();
  });

  test("any plain variables: the order in which they are written makes no difference", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[A-Z][A-Z_]{0,5}$/), { maxLength: 8 });
    fc.assert(
      fc.property(
        names.chain((keys) => fc.tuple(fc.constant(keys), fc.shuffledSubarray(keys, { minLength: keys.length }))),
        ([keys, shuffled]) => {
          const env = (order: readonly string[]) => Object.fromEntries(order.map((key) => [key, key.toLowerCase()]));
          expect(toKubernetesEnv(env(shuffled))).toEqual(toKubernetesEnv(env(keys)));
        },
      ),
    );
  });
});

describe("toKubernetesEnvFrom", () => {
  test("keeps the order given: of two equal keys the last one wins", () => {
    const sources = [
      EnvSource.secret("mail"),
      EnvSource.configMap("regions", { prefix: "REGION_" }),
      EnvSource.secret("db", { prefix: "DB_" }),
    ];
    expect(toKubernetesEnvFrom(sources)).toEqual([
      { secretRef: { name: "mail" } },
      { prefix: "REGION_", configMapRef: { name: "regions" } },
      { prefix: "DB_", secretRef: { name: "db" } },
    ]);
  });

  test("is left out where there is none", () => {
    expect(toKubernetesEnvFrom([])).toBeUndefined();
  });
});
