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
/** The same with the definitions of the last run: bundling them takes longer than the work. */
const keelsonAgain = (...argv: string[]): string => copy.run("node", "build/cli/main.mjs", ...argv);
const installed = (program: string, ...argv: string[]): string => copy.run(join(copy.folder, "node_modules/.bin", program), ...argv);

test("what `keelson new` makes compiles, is formatted and linted, and renders without a finding", () => {
  keelson("new", "team", "payments", "--slack", "#payments");
  keelson("new", "system", "billing", "--team", "payments", "--applications", "per-system");
  keelsonAgain("new", "system", "lab", "--team", "payments", "--environment", "dev", "production");
  const system = join(copy.folder, "apps/lab/system.ts");
  writeFileSync(system, readFileSync(system, "utf8").replace("  services: [],", '  services: [],\n  mesh: "sidecar",'));
  keelson("new", "service", "lab/billing", "--construct", "canary-service");
  for (const construct of ["web-service", "worker", "scheduled-job", "stateful-service"]) {
    keelsonAgain("new", "service", `billing/a-${construct}`, "--construct", construct);
  }
  keelsonAgain("new", "environment", "qa", "--after", "dev");
  keelsonAgain("new", "environment", "disaster-recovery", "--after", "production");

  // with what they import, which is nearly all there is
  writeFileSync(join(copy.folder, "tsconfig.new.json"), '{ "extends": "./tsconfig.json", "include": ["apps", "environments"] }');
  expect(installed("tsc", "--noEmit", "--project", "tsconfig.new.json")).toBe("");
  const written = copy.run("git", "ls-files", "--modified", "--others", "--exclude-standard", "apps", "environments").trim().split("\n");
  expect(written).toEqual(expect.arrayContaining(["apps/billing/a-worker.ts", "apps/teams.ts", "environments/qa/environment.ts"]));
  expect(installed("prettier", "--check", ...written)).toContain("All matched files use Prettier");
  const sources = written.filter((path) => path.endsWith(".ts"));
  expect(installed("eslint", "--max-warnings", "0", ...sources)).toBe("");
  expect(JSON.parse(keelson("synth", "--output", "json"))).toMatchObject({ written: true, issues: [] });
  expect(copy.run("git", "status", "--short", "--", "dist/dev")).toContain("?? dist/dev/main/billing/");
}, 300_000);
