import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, jest, test } from "@jest/globals";
import { FloristWorld } from "./florist-world.ts";

const digest = (text: string): string => `sha256:${text.repeat(64)}`;

// Keelson runs as a process of its own, several times a test
jest.setTimeout(180_000);

let world: FloristWorld;
/** Where the workflows of the GitOps repository start: in their own checkout, with everything installed. */
let checkout: string;
let started: Record<string, string>;

beforeAll(async () => {
  world = await FloristWorld.open();
  checkout = join(world.folder, "checkout");
  started = {
    GITOPS_TOKEN: "token-of-the-florist",
    GITOPS_FOLDER: ".",
    ACTOR: "flora",
    RUN_URL: "https://ci.florist.example/8",
    RUN_ID: "8",
  };
  world.git(world.folder, "clone", "--quiet", world.hub, checkout);
  await world.exec("bash", [".ci/kit/clone-gitops.sh"], started, checkout);
});

beforeEach(() => {
  world.reset();
  world.git(checkout, "fetch", "--quiet", "origin");
  world.git(checkout, "checkout", "--quiet", "--force", "-B", "main", "origin/main");
});

afterAll(() => {
  world.close();
});

const run = (script: string, env: Readonly<Record<string, string>>) =>
  world.exec("bash", [`.ci/kit/${script}`], { ...started, ...env }, checkout);

/** A kubeconfig's token that ends so many hours from now. */
function token(hours: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ exp: Math.round(Date.now() / 1000 + hours * 3600) })}.x`;
}

test("a promotion pushes where no review is asked for", async () => {
  const reference = `${world.image("courier")}:sha-0123456@${digest("a")}`;
  const set = ["image", "set", "florist/courier", reference, "--environment", "dev", "--commit"];
  await world.exec("node", ["lib/cli/keelson.mjs", ...set], {}, checkout);
  world.git(checkout, "push", "--quiet", "origin", "main");
  const { exitCode, stderr } = await run("promote.sh", { SERVICES: "florist/courier", TO: "staging" });
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  expect(world.pin("staging", "florist/courier")).toBe(reference);
  expect(world.git(world.hub, "log", "-1", "--format=%b", "main")).toContain("Actor: flora");
  // and back
  const back = await run("rollback.sh", { SERVICE: "florist/courier", ENVIRONMENT: "staging", REASON: "wilted" });
  expect([back.exitCode, back.stderr]).toEqual([0, expect.any(String)]);
  expect(world.pin("staging", "florist/courier")).not.toBe(reference);
  expect(world.git(world.hub, "log", "-1", "--format=%b", "main")).toContain("Reason: wilted");
});

test("a hold is set and released", async () => {
  const hold = { ACTION: "set", TARGET: "florist/courier", ENVIRONMENT: "dev", UNTIL: "2099-01-01", REASON: "a fair" };
  expect((await run("hold.sh", hold)).exitCode).toBe(0);
  expect(world.git(world.hub, "show", "main:environments/dev/holds.yaml")).toContain("florist/courier: { until: 2099-01-01T23:59:59Z");
  expect((await run("hold.sh", { ...hold, ACTION: "release" })).exitCode).toBe(0);
  expect(world.git(world.hub, "log", "-1", "--format=%b", "main")).toContain("Reason: a fair");
});

test.each([
  ["promote.sh", { SERVICES: "--push", TO: "staging" }],
  ["rollback.sh", { SERVICE: "$(id)", ENVIRONMENT: "dev", REASON: "x" }],
  ["hold.sh", { ACTION: "set", TARGET: "--help", ENVIRONMENT: "dev", UNTIL: "2099-01-01", REASON: "x" }],
  ["hold.sh", { ACTION: "list", TARGET: "*", ENVIRONMENT: "dev" }],
])("%s takes no option or command for a name: %j", async (script, env) => {
  expect((await run(script, env)).exitCode).toBe(2);
});

const emergency = {
  EMERGENCY: "yes",
  ENVIRONMENT: "production",
  SERVICES: "florist/bouquet",
  IMAGE_TAG: "v1.0.1",
  REASON: "checkout fails",
  TICKET: "INC-1",
  KUBECONFIG: "/tmp/kubeconfig",
};

test("in an emergency Git moves first, and what it says is applied", async () => {
  world.pushImage("bouquet", "v1.0.1", digest("b"));
  world.answer({ "config view": token(1) });
  const { exitCode, stderr } = await run("emergency.sh", emergency);
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  const branch = "emergency/production/8";
  expect(world.pin("production", "florist/bouquet", branch)).toBe(`${world.image("bouquet")}:v1.0.1@${digest("b")}`);
  const body = world.git(world.hub, "log", "-1", "--format=%b", branch);
  for (const line of ["Refs: INC-1", "Actor: flora"]) expect(body.split("\n")).toContain(line);
  const lines = world.calls().map(({ program, args }) => [program, ...args].join(" "));
  const [created, merged, applied] = ["gh pr create", `gh pr merge ${branch} --merge --admin`, "kubectl apply"].map((start) =>
    lines.findIndex((line) => line.startsWith(start)),
  );
  expect([created, merged, applied]).toEqual([created, merged, applied].toSorted((a, b) => (a ?? 0) - (b ?? 0)));
  expect(created).toBeGreaterThan(0);
  expect(lines.at(-1)).toMatch(
    /^kubectl apply --server-side --force-conflicts --field-manager keelson-emergency --filename \S+\/dist\/production\/main\/florist\/bouquet$/,
  );
});

test("in an emergency a pin that has a digest only is found, whatever port its registry has", async () => {
  const set = ["image", "set", "florist/bouquet", `${world.image("bouquet")}@${digest("c")}`, "--environment", "dev", "--commit"];
  await world.exec("node", ["lib/cli/keelson.mjs", ...set], {}, checkout);
  world.git(checkout, "push", "--quiet", "origin", "main");
  world.pushImage("bouquet", "v1.0.1", digest("b"));
  world.answer({ "config view": token(1) });
  const { exitCode, stderr } = await run("emergency.sh", { ...emergency, ENVIRONMENT: "dev" });
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  expect(world.pin("dev", "florist/bouquet")).toBe(`${world.image("bouquet")}:v1.0.1@${digest("b")}`);
});

test("in an emergency that cannot be merged what is applied is said to be drift", async () => {
  world.pushImage("bouquet", "v1.0.1", digest("b"));
  world.answer({ "config view": token(1), "pr merge": "exit 1" });
  const { exitCode, stderr } = await run("emergency.sh", emergency);
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining("is not merged: until it is, what is applied now is drift")]);
});

test.each([
  ["lasts too long", token(30), "lasts 30.0 hours more, longer than 4"],
  ["has ended", token(-1), "has ended"],
  ["never ends", "opaque", "holds no token that ends"],
  ["is not there", "", "holds no token that ends"],
])("a credential that %s is refused before anything moves", async (_, credential, message) => {
  world.answer({ "config view": credential });
  const { exitCode, stderr } = await run("emergency.sh", emergency);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(world.branches()).toEqual([]);
  expect(world.calls().map(({ program }) => program)).toEqual(["kubectl"]);
});

test.each([
  ["EMERGENCY", "no"],
  ["REASON", ""],
  ["TICKET", ""],
  ["IMAGE_TAG", "v1;id"],
  ["ENVIRONMENT", "../production"],
  ["SERVICES", "florist/wreath"],
])("an emergency with %s '%s' is none", async (name, value) => {
  world.answer({ "config view": token(1) });
  expect((await run("emergency.sh", { ...emergency, [name]: value })).exitCode).toBe(2);
  expect(world.branches()).toEqual([]);
  expect(world.calls().some(({ args }) => args[0] === "apply")).toBe(false);
});

test("what has ended is told in one issue, which is renewed, and closed when nothing is due", async () => {
  const { exitCode } = await run("expiry-issue.sh", { GH_TOKEN: "t" });
  expect(exitCode).toBe(0);
  expect(
    world
      .calls()
      .filter(({ program }) => program === "gh")
      .map(({ args }) => args.slice(0, 2).join(" ")),
  ).toEqual(["issue list"]);
  world.answer({ "issue list": "12" });
  await run("expiry-issue.sh", { GH_TOKEN: "t" });
  expect(world.calls().at(-1)?.args.slice(0, 3)).toEqual(["issue", "close", "12"]);
});

test("the text of the issue holds errors, and warnings of what ends soon", async () => {
  const issues = [
    { severity: "warning", rule: "spread", message: "one node" },
    { severity: "warning", rule: "waiver", message: "ends in 3 days", place: "apps/florist/system.ts:9" },
    { severity: "error", rule: "waiver", message: "has ``` ended", file: "dist/x.yaml" },
  ];
  const script = join(checkout, ".ci/kit/expiry-report.mjs");
  const { stdout } = await world.exec("bash", ["-c", `printf '%s' "$REPORT" | node "${script}"`], { REPORT: JSON.stringify({ issues }) });
  expect(stdout).toBe("````\nwarning waiver: ends in 3 days (apps/florist/system.ts:9)\nerror waiver: has ``` ended (dist/x.yaml)\n````\n");
});

test("every script says what it takes", () => {
  for (const script of ["land", "update-pin", "promote", "rollback", "hold", "emergency", "build-images", "send-dispatch"]) {
    expect(readFileSync(join(checkout, `.ci/kit/${script}.sh`), "utf8")).toMatch(/^#!\/usr\/bin\/env bash\n# [A-Z]/);
  }
});

test("the report says what the merge result changes, whatever a title or branch is called", async () => {
  world.git(checkout, "switch", "--quiet", "--create", "more");
  const file = join(checkout, "environments/dev/images.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("sha-", "sha-0"));
  world.git(checkout, "commit", "--quiet", "--all", "--message", "$(touch stolen)");
  world.git(checkout, "switch", "--quiet", "main");
  world.git(checkout, "merge", "--quiet", "--no-ff", "more");
  const { exitCode } = await world.exec("bash", [".ci/kit/review-report.sh", "review"], { PULL_REQUEST: "17" }, checkout);
  expect(exitCode).toBe(0);
  expect(readFileSync(join(checkout, "review/number"), "utf8")).toBe("17\n");
  expect(readFileSync(join(checkout, "review/pins.txt"), "utf8")).toContain("+florist/bouquet: ");
});
