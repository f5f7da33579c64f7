import { expect, test } from "@jest/globals";
import { hubServer, isLoopback, registryAddress } from "../../lib/container-registry/registry-address.ts";

test.each([
  ["ghcr.io/acme/app", "https://ghcr.io", "ghcr.io", "acme/app"],
  ["registry.example:8443/app", "https://registry.example:8443", "registry.example:8443", "app"],
  ["localhost/app", "http://localhost", "localhost", "app"],
  ["localhost:5000/acme/app", "http://localhost:5000", "localhost:5000", "acme/app"],
  ["127.0.0.1:5000/app", "http://127.0.0.1:5000", "127.0.0.1:5000", "app"],
  ["127.evil.example/app", "https://127.evil.example", "127.evil.example", "app"],
  ["localhost.evil.example/app", "https://localhost.evil.example", "localhost.evil.example", "app"],
  ["docker.io/acme/app", "https://registry-1.docker.io", hubServer, "acme/app"],
  ["docker.io/redis", "https://registry-1.docker.io", hubServer, "library/redis"],
  ["index.docker.io/redis", "https://registry-1.docker.io", hubServer, "library/redis"],
])("asks for '%s' at %s, which Docker calls '%s', as '%s'", (repository, origin, server, name) => {
  expect(registryAddress(repository)).toMatchObject({ origin, server, name });
});

test.each([
  ["localhost", true],
  ["127.0.0.1", true],
  ["127.8.0.1", true],
  ["[::1]", true],
  ["10.0.0.1", false],
  ["127.0.0.1.example", false],
])("'%s' is this machine: %s", (hostname, expected) => {
  expect(isLoopback(hostname)).toBe(expected);
});

test("Docker's configuration calls Docker Hub by its first name, with the version of its first API", () => {
  expect(new URL(hubServer)).toMatchObject({ protocol: "https:", host: "index.docker.io", pathname: "/v1/" });
});
