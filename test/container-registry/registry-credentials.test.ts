import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { hubServer, registryAddress } from "../../lib/container-registry/registry-address.ts";
import { registryCredentials } from "../../lib/container-registry/registry-credentials.ts";
import { LocalRegistry } from "../support/local-registry.ts";

const address = registryAddress("ghcr.io/acme/app");
let registry: LocalRegistry;

beforeEach(async () => {
  registry = await LocalRegistry.start();
});
afterEach(() => registry.stop());

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const alice = { kind: "password", user: "alice", password: "pepper:salt" };

test.each<[string, object, object | undefined]>([
  ["a user and a password in 'auth'", { auth: base64("alice:pepper:salt") }, alice],
  ["a password that Docker has padded", { auth: base64("alice:pepper:salt\0\0") }, alice],
  ["a user and a password by name", { username: "alice", password: "pepper:salt" }, alice],
  ["an identity token", { auth: base64("alice:"), identitytoken: "id-1" }, { kind: "identity-token", token: "id-1" }],
  ["a registry token", { registrytoken: "reg-1" }, { kind: "registry-token", token: "reg-1" }],
  ["an empty entry", {}, undefined],
])("reads %s", async (_title, entry, secret) => {
  registry.configure({ auths: { "ghcr.io": entry } });
  expect((await registryCredentials(address, registry.world())).secret).toEqual(secret);
});

test("has none without a configuration, and says where it looked", async () => {
  expect(await registryCredentials(address, registry.world())).toEqual({
    secret: undefined,
    title: `no credentials: there is no '${registry.configFile}'`,
  });
});

test("asks a registry's helper for the server on its standard input, and titles what it gives without showing it", async () => {
  registry.addHelper("till", `read -r server; [ "$1" = get ] && printf '{"Username":"alice","Secret":"%s"}' "of $server"`);
  registry.configure({ credHelpers: { "ghcr.io": "till" }, auths: { "ghcr.io": { auth: base64("bob:old") } } });
  expect(await registryCredentials(address, registry.world())).toEqual({
    secret: { kind: "password", user: "alice", password: "of ghcr.io" },
    title: "user and password from 'docker-credential-till'",
  });
});

test("takes a helper's secret of the user <token> for an identity token", async () => {
  registry.addHelper("till", `printf '{"Username":"<token>","Secret":"id-1"}'`);
  registry.configure({ credsStore: "till" });
  expect((await registryCredentials(address, registry.world())).secret).toEqual({ kind: "identity-token", token: "id-1" });
});

test("calls Docker Hub by the name that helpers know", async () => {
  registry.addHelper("till", `read -r server; printf '{"Username":"alice","Secret":"%s"}' "$server"`);
  registry.configure({ credsStore: "till" });
  const { secret } = await registryCredentials(registryAddress("docker.io/acme/app"), registry.world());
  expect(secret).toMatchObject({ password: hubServer });
});

test("falls back to what the file holds where the helper knows nothing", async () => {
  registry.addHelper("till", "echo 'credentials not found in native keychain'; exit 1");
  registry.configure({ credsStore: "till", auths: { "ghcr.io": { auth: base64("alice:pepper:salt") } } });
  expect((await registryCredentials(address, registry.world())).secret).toEqual(alice);
  registry.configure({ credsStore: "till", auths: { "ghcr.io": {} } });
  expect((await registryCredentials(address, registry.world())).title).toBe(
    `no credentials: '${registry.configFile}' holds none for 'ghcr.io', and 'docker-credential-till' knows none`,
  );
});

test.each<[string, string, string]>([
  ["fails", "echo pepper; echo pepper >&2; exit 3", "'docker-credential-till' gives no credentials for 'ghcr.io': exit code 3"],
  [
    "prints something else",
    "echo pepper",
    "'docker-credential-till' gives no credentials for 'ghcr.io': its answer has no 'Username' and 'Secret'",
  ],
])("refuses a helper that %s, without repeating what it printed", async (_title, script, message) => {
  registry.addHelper("till", script);
  registry.configure({ credsStore: "till" });
  const error = await registryCredentials(address, registry.world()).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "UserError", message });
  expect(JSON.stringify(error)).not.toContain("pepper");
});

test("refuses a helper that does not end", async () => {
  registry.addHelper("till", "exec sleep 60");
  registry.configure({ credsStore: "till" });
  await expect(registryCredentials(address, registry.world({ timeout: 200 }))).rejects.toThrow(
    "'docker-credential-till' cannot be run, or does not end",
  );
});

test("names a helper that is not there", async () => {
  registry.configure({ credsStore: "nowhere" });
  await expect(registryCredentials(address, registry.world())).rejects.toThrow(
    `there is no program 'docker-credential-nowhere', which '${registry.configFile}' names for 'ghcr.io'`,
  );
});

test("does not run a helper by a path", async () => {
  registry.configure({ credsStore: "../till" });
  await expect(registryCredentials(address, registry.world())).rejects.toThrow("is not the name of a credential helper");
});

test("refuses an 'auth' that holds no user, without showing it", async () => {
  registry.configure({ auths: { "ghcr.io": { auth: base64("pepper") } } });
  await expect(registryCredentials(address, registry.world())).rejects.toThrow(
    `'auth' of 'ghcr.io' in '${registry.configFile}' is not '<user>:<password>' in base64`,
  );
});
