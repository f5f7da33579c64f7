import { describe, expect, test } from "@jest/globals";
import { reloadAnnotations, secretsReadBy } from "../../lib/workload/secrets-read.ts";

describe("secretsReadBy", () => {
  test("names the Secrets of variables, sources and volumes once, of every container", () => {
    const variable = (name: string) => ({ name: "TOKEN", valueFrom: { secretKeyRef: { name, key: "token" } } });
    expect(
      secretsReadBy({
        containers: [
          { name: "catalogue", env: [variable("mail"), variable("db"), { name: "CURRENCY", value: "EUR" }] },
          { name: "log-shipper", envFrom: [{ secretRef: { name: "journal" } }, { configMapRef: { name: "regions" } }] },
        ],
        initContainers: [{ name: "fetch-covers", env: [variable("mail"), variable("covers")] }],
        volumes: [
          { name: "tls", secret: { secretName: "catalogue-tls" } },
          { name: "themes", configMap: { name: "themes" } },
        ],
        imagePullSecrets: [{ name: "registry-access" }],
      }),
    ).toEqual(["catalogue-tls", "covers", "db", "journal", "mail"]);
  });

  test("names none where none is read", () => {
    expect(secretsReadBy({ containers: [{ name: "catalogue" }] })).toEqual([]);
  });
});

describe("reloadAnnotations", () => {
  test("tells Reloader which Secrets to watch, and nothing where there is none", () => {
    expect(reloadAnnotations(["db", "mail"])).toEqual({ "secret.reloader.stakater.com/reload": "db,mail" });
    expect(reloadAnnotations([])).toEqual({});
  });
});
