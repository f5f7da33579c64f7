import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { copyProject, type ProjectCopy } from "../support/project-copy.ts";

let copy: ProjectCopy;
beforeAll(() => {
  copy = copyProject();
});
afterAll(() => {
  copy.remove();
});

const keelson = (...argv: string[]): string => copy.run("node", "lib/cli/keelson.mjs", ...argv);

test("what `keelson new` makes compiles, is formatted and linted, and renders without a finding", () => {
  const before = keelson("validate", "--output", "json");
  keelson("new", "team", "payments", "--slack", "#payments");
  keelson("new", "system", "billing", "--team", "payments", "--applications", "per-system");
  keelson("new", "system", "lab", "--team", "payments", "--environment", "dev", "production");
  const system = join(copy.folder, "apps/lab/system.ts");
  writeFileSync(system, readFileSync(system, "utf8").replace("  services: [],", '  services: [],\n  mesh: "sidecar",'));
  for (const construct of ["web-service", "worker", "scheduled-job", "stateful-service"]) {
    keelson("new", "service", `billing/a-${construct}`, "--construct", construct);
  }
  keelson("new", "service", "lab/billing", "--construct", "canary-service");
  keelson("new", "environment", "qa", "--after", "dev");
  keelson("new", "environment", "disaster-recovery", "--after", "production");

  // with what they import, which is nearly all there is
  writeFileSync(join(copy.folder, "tsconfig.new.json"), '{ "extends": "./tsconfig.json", "include": ["apps", "environments"] }');
  expect(copy.run("npx", "--no-install", "tsc", "--noEmit", "--project", "tsconfig.new.json")).toBe("");
  expect(copy.run("npx", "--no-install", "prettier", "--check", "apps", "environments")).toContain("All matched files use Prettier");
  expect(copy.run("npx", "--no-install", "eslint", "--max-warnings", "0", "apps", "environments")).toBe("");
  const findings = (report: string): unknown => (JSON.parse(report) as { readonly issues: unknown }).issues;
  expect(findings(keelson("validate", "--output", "json"))).toEqual(findings(before));
  expect(JSON.parse(keelson("synth", "--output", "json"))).toMatchObject({ written: true, issues: [] });
  expect(copy.run("git", "status", "--short", "--", "dist/dev")).toContain("?? dist/dev/main/billing/");
}, 300_000);
