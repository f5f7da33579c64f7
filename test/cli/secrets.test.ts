import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { TemporaryShop } from "../support/temporary-shop.ts";

let shop: TemporaryShop;
beforeEach(() => {
  shop = new TemporaryShop();
});
afterEach(() => {
  shop.remove();
});

test("secrets are told by namespace: who makes them, who reads them, what restarts", async () => {
  const { exitCode, stdout, stderr } = await shop.run(["secrets", "--environment", "dev"]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  const [block] = stdout.split("\n\n");
  expect(block).toBe(
    [
      "dev, cluster eu, namespace bookshop-dev",
      "  courier-login",
      "    made by SealedSecret courier-login (strict): password",
      "    read by Deployment storefront: password as COURIER_PASSWORD; Reloader restarts it",
      "  loyalty-token",
      "    made by SealedSecret loyalty-token (namespace-wide): token, webhook",
      "    read by nobody",
      ...block!.split("\n").slice(7),
    ].join("\n"),
  );
  expect(block).toContain(
    "  payment-keys\n    made by ExternalSecret payment-keys from ClusterSecretStore dev-vault: api-key = payments.api-key@7\n",
  );
  expect(stdout).toMatch(/\n\d+ Secrets, \d+ read by nobody, \d+ made by nothing that is rendered\n$/);
  expect(stdout).not.toMatch(/production|cluster-wide/);
});

test("as JSON, with the same for every environment", async () => {
  const { stdout } = await shop.run(["secrets", "--output", "json"]);
  const places = JSON.parse(stdout) as { environment: string; cluster: string; namespace: string; secrets: { name: string }[] }[];
  expect(new Set(places.map(({ environment, cluster }) => `${environment} ${cluster}`))).toEqual(
    new Set(["dev eu", "production eu", "production us"]),
  );
  expect(places[0]!.secrets.find(({ name }) => name === "courier-login")).toEqual({
    name: "courier-login",
    madeBy: [{ kind: "SealedSecret", name: "courier-login", from: "strict", keys: { password: null } }],
    readBy: [
      {
        kind: "Deployment",
        name: "storefront",
        as: "environment",
        variable: "COURIER_PASSWORD",
        keys: ["password"],
        onRotation: "restarts",
      },
    ],
  });
});

test("an unknown environment is told", async () => {
  expect(await shop.run(["secrets", "--environment", "prod"])).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: "error: there is no environment 'prod'\n  hint: the environments are: 'dev', 'production'\n",
  });
});
