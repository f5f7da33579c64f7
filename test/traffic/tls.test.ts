import { describe, expect, test } from "@jest/globals";
import { Tls } from "../../lib/traffic/tls.ts";

describe("Tls", () => {
  test("names a Secret that exists", () => {
    expect(Tls.secret("bookshop-wildcard")).toMatchObject({ secretName: "bookshop-wildcard", clusterIssuer: undefined });
  });

  test("names the issuer of a Secret to come", () => {
    expect(Tls.issuedBy("letsencrypt")).toMatchObject({ secretName: undefined, clusterIssuer: "letsencrypt" });
  });
});
