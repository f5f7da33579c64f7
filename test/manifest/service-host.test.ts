import { describe, expect, test } from "@jest/globals";
import { fullHost, serviceOfHost, shortenedHost } from "../../lib/manifest/service-host.ts";

const catalogue = { service: "catalogue", namespace: "bookshop-dev" };

describe("a host of the mesh", () => {
  test.each(["catalogue", "catalogue.bookshop-dev.svc.cluster.local"])("is a Service: %s", (host) => {
    expect(serviceOfHost(host, "bookshop-dev")).toEqual(catalogue);
  });

  test.each([
    "",
    "*",
    "*.bookshop-dev.svc.cluster.local",
    "catalogue.bookshop-dev",
    "catalogue.bookshop-dev.svc",
    "books.example",
    "fd00::1",
    "10.0.0.1",
    "a.b.c.svc.cluster.local",
    ".svc.cluster.local",
  ])("is none: '%s'", (host) => {
    expect(serviceOfHost(host, "bookshop-dev")).toBeUndefined();
  });

  test("that is half written is recognized, and written out", () => {
    expect(shortenedHost("catalogue.bookshop-dev")).toEqual(catalogue);
    expect(shortenedHost("catalogue.bookshop-dev.svc")).toEqual(catalogue);
    for (const host of ["www.books.example", "catalogue", ".bookshop-dev", "catalogue."]) expect(shortenedHost(host)).toBeUndefined();
    expect(fullHost(catalogue)).toBe("catalogue.bookshop-dev.svc.cluster.local");
  });
});
