import { afterEach, expect, test } from "@jest/globals";
import { rollbackWarnings } from "../../../lib/cli/rollback/rollback-warnings.ts";
import { GitRepository } from "../../../lib/git/git-repository.ts";
import { pinHistory } from "../../../lib/history/pin-history.ts";
import { pinsAt } from "../../../lib/history/pins-at.ts";
import { pinPeriods } from "../../../lib/rollback/pin-period.ts";
import { ScriptedHistory } from "../../support/scripted-history.ts";

let history: ScriptedHistory | undefined;
afterEach(() => {
  history?.remove();
});

const units = { output: "dist", environment: "dev", system: "shop", names: new Set(["orders", "migration"]) };
const scope = { units };
const object = (kind: string, name: string, rest: string): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop-dev\n${rest}`;
const migration = (tag: string): string =>
  object(
    "Job",
    "migration",
    `  annotations: { argocd.argoproj.io/hook: Sync }\nspec: { template: { spec: { containers: [{ name: a, image: "ghcr.io/acme/orders:${tag}" }] } } }\n`,
  );
const secret = (key: string): string =>
  object("ExternalSecret", "login", `spec: { target: { name: "${key}" } }\n`).replace("v1", "external-secrets.io/v1");
const orders = "dist/dev/main/shop/orders";

/** What a rollback from the last commit to the last one that held `v1` does not undo. */
function warnings(): string[] {
  if (history === undefined) throw new Error("there is no history");
  const git = GitRepository.open(history.folder);
  const present = pinsAt(git, "dev", "HEAD");
  const periods = pinPeriods(pinHistory(git, "dev"), present);
  const [first, ...undone] = periods;
  const target = { pins: first?.spellings.at(-1) ?? new Map(), commit: first?.until?.parents[0] ?? "" };
  return rollbackWarnings(git, scope, { target, present, undone }).map(({ kind, message }) => `${kind}: ${message}`);
}

test("everything of the service's units since, and the system's secrets; nothing of others", () => {
  history = new ScriptedHistory([
    {
      pins: { dev: { "shop/orders": "orders:v1" } },
      files: {
        [`${orders}/config-map-orders.yaml`]: object("ConfigMap", "orders", "data: { LEVEL: debug }\n"),
        [`${orders}/service-orders.yaml`]: object("Service", "orders", "spec: {}\n"),
        "dist/dev/main/shop/migration/job-migration.yaml": migration("v1"),
        "dist/dev/main/shop/namespace/external-secret-login.yaml": secret("a"),
        "dist/dev/main/shop/namespace/resource-quota-shop.yaml": object("ResourceQuota", "shop", "spec: {}\n"),
        "dist/dev/main/shop/billing/config-map-billing.yaml": object("ConfigMap", "billing", "data: {}\n"),
      },
    },
    // the last commit with v1: what it changed is part of the state
    { files: { [`${orders}/config-map-orders.yaml`]: object("ConfigMap", "orders", "data: { LEVEL: info }\n") } },
    {
      message: "deploy: orders v2 to dev\n\nBreaking-Change: orders have a currency\n",
      pins: { dev: { "shop/orders": "orders:v2" } },
      files: { "dist/dev/main/shop/migration/job-migration.yaml": migration("v2") },
    },
    {
      files: {
        [`${orders}/config-map-orders.yaml`]: object("ConfigMap", "orders", "data: { LEVEL: warn }\n"),
        [`${orders}/service-orders.yaml`]: undefined,
        [`${orders}/role-orders.yaml`]: object("Role", "orders", ""),
        "dist/dev/main/shop/namespace/external-secret-login.yaml": secret("b"),
        "dist/dev/main/shop/namespace/resource-quota-shop.yaml": object("ResourceQuota", "shop", "spec: { hard: {} }\n"),
        "dist/dev/main/shop/billing/config-map-billing.yaml": object("ConfigMap", "billing", "data: { a: b }\n"),
        "dist/staging/main/shop/orders/config-map-orders.yaml": object("ConfigMap", "orders", "data: {}\n"),
      },
    },
    { pins: { dev: { "shop/orders": "orders:v3" } }, files: { "dist/dev/main/shop/migration/job-migration.yaml": migration("v3") } },
  ]);
  expect(warnings()).toEqual([
    "migration: Job shop-dev/migration ran with v2, v3: what it did to a schema or to data stays, and it runs again with the older image",
    "config: ConfigMap shop-dev/orders changed since: data.LEVEL",
    "added: Role shop-dev/orders is new since",
    "removed: Service shop-dev/orders is gone since",
    "secret: ExternalSecret shop-dev/login changed since: spec.target.name",
    expect.stringMatching(/^breaking-change: .{7} \(deploy: orders v2 to dev\) was a breaking change: orders have a currency$/),
  ]);
});

test("of several clusters each is told", () => {
  const files = (level: string): Record<string, string> =>
    Object.fromEntries(
      ["eu", "us"].map((cluster) => [
        `dist/dev/${cluster}/shop/orders/config-map-orders.yaml`,
        object("ConfigMap", "orders", `data: { LEVEL: ${level} }\n`),
      ]),
    );
  history = new ScriptedHistory([
    { pins: { dev: { "shop/orders": "orders:v1" } }, files: files("info") },
    { pins: { dev: { "shop/orders": "orders:v2" } }, files: files("warn") },
  ]);
  expect(warnings()).toEqual(["eu", "us"].map((cluster) => `config: ConfigMap shop-dev/orders on ${cluster} changed since: data.LEVEL`));
});
