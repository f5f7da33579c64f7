import { expect, test } from "@jest/globals";
import { hubServer } from "../../lib/container-registry/registry-address.ts";
import { readDockerConfig } from "../../lib/container-registry/docker-config.ts";

const stored = { auth: "YWxpY2U6cGVwcGVy" };

test.each([
  ["ghcr.io", "ghcr.io"],
  ["https://ghcr.io", "ghcr.io"],
  ["https://ghcr.io/", "ghcr.io"],
  ["https://ghcr.io/v1/", "ghcr.io"],
  ["ghcr.io/v2/", "ghcr.io"],
  ["http://localhost:5000", "localhost:5000"],
  [hubServer, hubServer],
  ["index.docker.io", hubServer],
  ["docker.io", hubServer],
])("finds the entry '%s' for '%s'", (key, server) => {
  expect(readDockerConfig(JSON.stringify({ auths: { [key]: stored } }), server, "config.json")).toEqual({ helper: undefined, stored });
});

test.each([
  ["ghcr.io/acme", "ghcr.io"],
  ["ghcr.io.example", "ghcr.io"],
  ["ghcr.io:443", "ghcr.io"],
  ["registry.example", hubServer],
  ["constructor", "ghcr.io"],
])("does not take the entry '%s' for '%s'", (key, server) => {
  expect(readDockerConfig(JSON.stringify({ auths: { [key]: stored } }), server, "config.json").stored).toBeUndefined();
});

test("takes the entry that is spelt exactly before one that means the same", () => {
  const config = { auths: { "https://ghcr.io/v1/": { auth: "b2xk" }, "ghcr.io": stored } };
  expect(readDockerConfig(JSON.stringify(config), "ghcr.io", "config.json").stored).toEqual(stored);
});

test("prefers a registry's own helper to the store of all", () => {
  const config = JSON.stringify({ credHelpers: { "ghcr.io": "pass" }, credsStore: "desktop" });
  expect(readDockerConfig(config, "ghcr.io", "config.json").helper).toBe("pass");
  expect(readDockerConfig(config, "registry.example", "config.json").helper).toBe("desktop");
});

test.each([["{"], ["[]"], ["null"], [""]])("refuses %j without quoting it", (text) => {
  expect(() => readDockerConfig(text, "ghcr.io", "/home/alice/.docker/config.json")).toThrow(
    "'/home/alice/.docker/config.json' is no JSON object",
  );
});
