import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { run } from "../../lib/cli/run.ts";
import { exampleValue } from "../../lib/preflight/example-values.ts";
import { scaffoldDefinitions, scaffoldSources } from "../support/scaffold-project.ts";
import { stillWorld } from "../support/still-world.ts";

const digest = `sha256:${"b".repeat(64)}`;
const placeholder = `v0.0.0-placeholder.example@sha256:${"0".repeat(64)}`;
const registry = "registry.paperback.example/books";
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "keelson-new-"));
  for (const [path, text] of Object.entries(scaffoldSources)) write(path, text);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const read = (path: string): string => readFileSync(join(root, path), "utf8");

function files(): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => relative(root, join(entry.parentPath, entry.name))).map((path) => [path, read(path)] as const),
  );
}

async function keelson(...argv: string[]): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  let [stdout, stderr] = ["", ""];
  const exitCode = await run(scaffoldDefinitions, ["new", ...argv], {
    ...stillWorld,
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    root,
    workingFolder: root,
    color: false,
  });
  return { exitCode, stdout, stderr };
}

/** What was changed: the lines that came, and those that went. */
function difference(path: string): readonly string[] {
  const before = scaffoldSources[path]?.split("\n") ?? [];
  const after = read(path).split("\n");
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

test("a team goes to the end of apps/teams.ts", async () => {
  expect(await keelson("team", "loans")).toEqual({
    exitCode: 0,
    stdout: "changed apps/teams.ts\n",
    stderr: "hint: give it a system: `keelson new system <name> --team loans`\n",
  });
  await keelson("team", "fraud-team", "--code-owner", "@paperback/fraud", "fraud@paperback.example", "--slack", "#fraud");
  expect(difference("apps/teams.ts")).toEqual([
    '+ export const loansTeam = defineTeam({ name: "loans", codeOwners: ["@paperback/loans"], alerts: { slackChannel: "loans-alerts" } });',
    "+ export const fraudTeam = defineTeam({",
    '+   name: "fraud-team",',
    '+   codeOwners: ["@paperback/fraud", "fraud@paperback.example"],',
    '+   alerts: { slackChannel: "fraud" },',
    "+ });",
  ]);
});

test("a system has a folder, runs everywhere unless said otherwise, and is listed among the tenants", async () => {
  expect((await keelson("system", "gift-cards", "--team", "cashiers")).stdout).toBe(
    "created apps/gift-cards/system.ts\nchanged apps/tenants.ts\n",
  );
  expect(read("apps/gift-cards/system.ts")).toBe(`import { dev } from "../../environments/dev/environment.ts";
import { production } from "../../environments/production/environment.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { cashiers } from "../teams.ts";

export const giftCards = defineSystem({
  name: "gift-cards",
  team: cashiers,
  environments: [dev, production],
  applications: "per-service",
  services: [],
});
`);
  expect(difference("apps/tenants.ts")).toEqual([
    "- export const tenants = [till];",
    '+ import { giftCards } from "./gift-cards/system.ts";',
    "+ export const tenants = [till, giftCards];",
  ]);
});

test("a system is called like an environment or the team without meeting it", async () => {
  await keelson("system", "cashiers", "--team", "cashiers", "--environment", "production", "--applications", "per-system");
  const text = read("apps/cashiers/system.ts");
  expect(text).toContain("export const cashiersSystem = defineSystem({");
  expect(text).toContain("environments: [production],");
  expect(text).toContain('applications: "per-system",');
  expect(read("apps/tenants.ts")).toContain('import { cashiersSystem } from "./cashiers/system.ts";');
});

test("a service has a file, its place in the system, and a pin in each environment", async () => {
  const { exitCode, stdout, stderr } = await keelson("service", "till/scanner", "--image", `dev=${registry}/scanner:sha-1234567`);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    "created apps/till/scanner.ts\nchanged environments/dev/images.yaml\nchanged environments/production/images.yaml\nchanged apps/till/system.ts\n",
  );
  expect(stderr).toContain("note: the pin in 'production' is a placeholder that cannot be pulled: `keelson image set till/scanner <image>");
  expect(difference("apps/till/system.ts")).toEqual([
    "-   services: [drawer], // one for now",
    '+ import { scanner } from "./scanner.ts";',
    "+   services: [drawer, scanner], // one for now",
  ]);
  expect(difference("environments/dev/images.yaml")).toEqual([`+ till/scanner: ${registry}/scanner:sha-1234567`]);
  expect(difference("environments/production/images.yaml")).toEqual([`+ till/scanner: ${registry}/scanner:${placeholder}`]);
  expect(read("apps/till/scanner.ts")).toContain("construct: WebService,");
});

test("a placeholder is one of the values that preflight asks to replace", () => {
  expect(exampleValue.test(`ghcr.io/paperback/scanner:${placeholder}`)).toBe(true);
});

test("one image may be for every environment", async () => {
  const image = `${registry}/scanner:v1.0.0@${digest}`;
  await keelson("service", "till/scanner", "--construct", "worker", "--image", image);
  for (const environment of ["dev", "production"])
    expect(read(`environments/${environment}/images.yaml`)).toContain(`till/scanner: ${image}\n`);
});

test("a service may be called like its system", async () => {
  await keelson("service", "till/till");
  expect(read("apps/till/system.ts")).toContain('import { till as tillService } from "./till.ts";');
  expect(read("apps/till/system.ts")).toContain("services: [drawer, tillService],");
});

test("an environment comes behind another one, everywhere that one is listed", async () => {
  expect((await keelson("environment", "qa", "--after", "dev")).stdout).toBe(
    [
      ...["environment.ts", "overlays.ts", "images.yaml"].map((file) => `created environments/qa/${file}\n`),
      ...["apps/platform/secret-stores.ts", "apps/platform/clusters.ts", "environments/registry.ts"].map((file) => `changed ${file}\n`),
    ].join(""),
  );
  expect(read("environments/qa/environment.ts")).toBe(`import { defineEnvironment } from "../../lib/definition/environment.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { eu } from "../clusters.ts";
import { organization } from "../organization.ts";
import { vault } from "../secret-stores.ts";

export const qaSecretStore = vault("qa");

export const qa = defineEnvironment({
  name: "qa",
  clusters: [eu],
  domain: \`qa.\${organization.domain}\`,
  secretStore: qaSecretStore,
  policy: {
    sync: SyncMode.automated({ prune: true, selfHeal: true }),
    approval: "promotion",
    images: { tag: "any", digest: "required" },
  },
});
`);
  expect(difference("apps/platform/secret-stores.ts")).toEqual([
    '+ import { qa, qaSecretStore } from "../../environments/qa/environment.ts";',
    "+   { environment: qa, store: qaSecretStore },",
  ]);
  expect(read("apps/platform/clusters.ts")).toContain("[dev, qa, production]");
  expect(read("environments/registry.ts")).toMatch(/devOverlays \},\n {2}\{ definition: qa, overlays: qaOverlays \},\n/);
  expect(read("environments/registry.ts")).toContain("environments: [dev, qa, production]");
});

test("what comes after a guarded environment is guarded too", async () => {
  await keelson("environment", "recovery", "--after", "production");
  expect(read("environments/recovery/environment.ts")).toContain(`  policy: {
    sync: SyncMode.manual(),
    approval: "pull-request",
    images: { tag: "release", digest: "required" },
  },`);
});

test("what a killed run has left is taken up by the next", async () => {
  await keelson("service", "till/scanner");
  const wanted = files();
  for (const path of ["apps/till/system.ts", "environments/production/images.yaml"]) write(path, scaffoldSources[path]!);
  expect((await keelson("service", "till/scanner")).exitCode).toBe(0);
  expect(files()).toEqual(wanted);
});

const image = `${registry}/scanner:v1.0.0`;
test.each<[string, readonly string[], string]>([
  ["a team that is there", ["team", "cashiers"], "the team 'cashiers' exists already in apps/teams.ts"],
  ["a team by a name that cannot be used", ["team", "Cashiers"], "the team name 'Cashiers' cannot be used"],
  ["an owner that is none", ["team", "payments", "--code-owner", "payments"], "'payments' is no code owner"],
  ["a channel that is none", ["team", "payments", "--slack", "Pay ments"], "'Pay ments' is no channel of Slack"],
  ["a system that is there", ["system", "till", "--team", "cashiers"], "the system 'till' exists already"],
  ["a system of no team", ["system", "gifts", "--team", "cashier"], "there is no team 'cashier' in apps/teams.ts"],
  [
    "a system in no environment",
    ["system", "gifts", "--team", "cashiers", "--environment", "prod"],
    "there is no environment 'prod'\n  hint: there are: ",
  ],
  ["a service that is there", ["service", "till/drawer"], "the service 'till/drawer' exists already"],
  ["a service of no system", ["service", "tll/scanner"], "there is no system 'tll'\n  hint: there are: 'till'; a new one: "],
  ["a service without a system", ["service", "scanner"], "'scanner' names no service\n  hint: write <system>/<service>"],
  ["a service by a name that is taken", ["service", "till/system"], "a service cannot be called 'system'"],
  [
    "a canary without a mesh",
    ["service", "till/scanner", "--construct", "canary-service"],
    "a canary needs a mesh with sidecars, got mesh 'none'",
  ],
  [
    "an image that an environment does not take",
    ["service", "till/scanner", "--image", `${image}@${digest}`, `production=${image}`],
    `the image '${image}' for 'production' has no digest`,
  ],
  [
    "an image from elsewhere",
    ["service", "till/scanner", "--image", `ghcr.io/acme/scanner:v1@${digest}`],
    `the image 'ghcr.io/acme/scanner:v1@${digest}' for 'dev' comes from 'ghcr.io/acme/scanner'`,
  ],
  ["an image that is none", ["service", "till/scanner", "--image", "scanner"], "'scanner' is not an image reference"],
  ["an image for no environment", ["service", "till/scanner", "--image", `prod=${image}`], "the system 'till' does not run in 'prod'"],
  ["two images for all", ["service", "till/scanner", "--image", image, image], "--image is given twice for every environment"],
  ["an environment that is there", ["environment", "dev", "--after", "production"], "the environment 'dev' exists already"],
  ["an environment after none", ["environment", "qa", "--after", "development"], "there is no environment 'development'"],
  ["an environment by a name that is taken", ["environment", "clusters", "--after", "dev"], "an environment cannot be called 'clusters'"],
])("refuses %s, and writes nothing", async (_title, argv, message) => {
  const { exitCode, stdout, stderr } = await keelson(...argv);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(`error: ${message}`);
  expect(stderr.match(/^error: /gm)).toHaveLength(1);
  expect(files()).toEqual(scaffoldSources);
});

test.each<[string, string, string, readonly string[], string]>([
  [
    "a list of tenants that is computed",
    "apps/tenants.ts",
    "export const tenants = all();\n",
    ["system", "gifts", "--team", "cashiers"],
    "holds no list 'tenants'",
  ],
  [
    "a system without a list of services",
    "apps/till/system.ts",
    'export const till = defineSystem({ name: "till", services });\n',
    ["service", "till/scanner"],
    "holds no list of services",
  ],
  [
    "a registry without the environment before",
    "environments/registry.ts",
    "export const environments = [];\n",
    ["environment", "qa", "--after", "dev"],
    "holds no import of './dev/environment.ts'",
  ],
  [
    "a store that is made otherwise",
    "environments/dev/environment.ts",
    'export const dev = defineEnvironment({ name: "dev" });\n',
    ["environment", "qa", "--after", "dev"],
    "holds no constant 'devSecretStore'",
  ],
  [
    "stores that are listed otherwise",
    "apps/platform/secret-stores.ts",
    "export const stores = all();\n",
    ["environment", "qa", "--after", "dev"],
    "holds no list with the store of 'dev'",
  ],
  [
    "clusters that are listed otherwise",
    "apps/platform/clusters.ts",
    "export const all = [];\n",
    ["environment", "qa", "--after", "dev"],
    "holds no list of environments with 'dev'",
  ],
])("says what to add by hand at %s, and writes nothing", async (_title, path, text, argv, message) => {
  write(path, text);
  const before = files();
  const { exitCode, stderr } = await keelson(...argv);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`error: '${path}' ${message}`);
  expect(stderr).toContain("\n  hint: add it by hand: ");
  expect(files()).toEqual(before);
});

test("does not take the place of another file", async () => {
  write("apps/till/scanner.ts", "// mine\n");
  const before = files();
  expect((await keelson("service", "till/scanner")).stderr).toContain("error: 'apps/till/scanner.ts' exists already");
  expect(files()).toEqual(before);
});

test("names a file that is not there", async () => {
  rmSync(join(root, "apps/teams.ts"));
  expect((await keelson("team", "payments")).stderr).toContain("error: there is no 'apps/teams.ts'");
  expect(existsSync(join(root, "apps/teams.ts"))).toBe(false);
});
