import { describe, expect, test } from "@jest/globals";
import { schema } from "../../../lib/validation/rules/schema.ts";
import { manifest, reported } from "../../support/manifests.ts";

const service = (port: object) =>
  manifest({ kind: "Service", spec: { selector: { "app.kubernetes.io/name": "catalogue" }, ports: [{ name: "http", ...port }] } });

describe("schema", () => {
  test("lets pass what the API server takes, and says nothing of kinds that it does not know", () => {
    expect(reported(schema, [service({ port: 80 }), manifest({ apiVersion: "bookshop.example/v1", kind: "Shelf", shelves: 4 })])).toEqual(
      [],
    );
  });

  test("leaves to another rule what SOPS encrypted, and reports what else is wrong with it", () => {
    const secret = { kind: "Secret", data: { pin: "ENC[AES256_GCM,data:dGlsbA==]" }, immutable: "no" };
    const immutable = "Secret bookshop-dev/catalogue: 'immutable' must be true or false, got a string of 2";
    expect(reported(schema, [manifest({ ...secret, sops: { mac: "ENC[AES256_GCM]" } })])).toEqual([immutable]);
    expect(reported(schema, [manifest(secret)])).toHaveLength(2);
  });

  test("reports everything that the API server would not take, with the nearest names", () => {
    expect(reported(schema, [service({ port: "80", targetport: 8080 })])).toEqual([
      "Service bookshop-dev/catalogue: 'spec.ports[0].port' must be a whole number, got '80'",
      "Service bookshop-dev/catalogue: 'spec.ports[0].targetport' is no field that the API knows\n" +
        "hint: leave it out, or mend the name; the nearest there: 'targetPort', 'nodePort', 'port', 'name', 'protocol'",
    ]);
  });
});
