import { createServer } from "node:http";
import { afterAll, afterEach, beforeAll, expect, jest, test } from "@jest/globals";
import { FloristWorld } from "./florist-world.ts";

// Keelson runs as a process of its own, several times a test
jest.setTimeout(180_000);

let world: FloristWorld;
/** What a delivery of the bouquet is given, beside where. */
let delivery: Record<string, string>;

beforeAll(async () => {
  world = await FloristWorld.open();
});

beforeAll(() => {
  delivery = {
    GITOPS_URL: `file://${world.hub}`,
    GITOPS_TOKEN: "token-of-the-florist",
    ACTOR: "flora",
    RUN_URL: "https://ci.florist.example/7",
  };
});

afterEach(() => {
  world.reset();
});

afterAll(() => {
  world.close();
});

const digest = (text: string): string => `sha256:${text.repeat(64)}`;

test.each([
  ["branch", "develop", "dev"],
  ["branch", "main", "staging"],
  ["tag", "v1.2.0", "production"],
  ["branch", "v1.2.0", ""],
  ["tag", "main", ""],
  ["branch", "feature/tulips", ""],
])("the %s '%s' is delivered to '%s'", async (REF_TYPE, REF_NAME, environment) => {
  expect(await world.run("target-environment.sh", { REF_TYPE, REF_NAME })).toEqual({
    exitCode: 0,
    stdout: environment === "" ? "" : `${environment}\n`,
    stderr: "",
  });
});

test("a target that is none is refused", async () => {
  const { exitCode, stderr } = await world.run("target-environment.sh", { REF_TYPE: "branch", REF_NAME: "main", TARGETS: "main staging" });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("'main' is neither branch nor tag");
});

test("develop moves the pin of dev: one commit with what it renders, which says who, what and where from", async () => {
  const commit = world.commitSource("roses");
  const reference = `${world.image("bouquet")}:sha-${commit}@${digest("a")}`;
  const env = { ...delivery, ENVIRONMENT: "dev", PINS: `florist/bouquet ${reference}`, SOURCE_COMMIT: commit, REFS: "FLO-7\nFLO-8" };
  const { exitCode, stderr } = await world.run("update-pin.sh", env);
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  expect(world.pin("dev", "florist/bouquet")).toBe(reference);
  expect(world.git(world.hub, "log", "-1", "--format=%s", "main")).toBe(`deploy: bouquet ${commit.slice(0, 7)} to dev`);
  const body = world.git(world.hub, "log", "-1", "--format=%b", "main");
  for (const line of [`Source-Commit: ${commit}`, "Actor: flora", "Run: https://ci.florist.example/7", "Refs: FLO-7", "Refs: FLO-8"])
    expect(body.split("\n")).toContain(line);
  const files = world.git(world.hub, "diff", "--name-only", "first", "main").split("\n");
  expect(files).toEqual(["dist/dev/main/florist/bouquet/deployment-bouquet.yaml", "environments/dev/images.yaml"]);
  expect(world.branches()).toEqual([]);
  expect(world.calls().map(({ program }) => program)).toEqual(["npm"]);
});

test("main moves the pins of staging, several in one commit", async () => {
  const commit = world.commitSource("tulips");
  const pins = ["bouquet", "courier"].map((name) => `florist/${name} ${world.image(name)}:sha-${commit}@${digest("b")}`);
  const env = { ...delivery, ENVIRONMENT: "staging", PINS: pins.join("\n"), SOURCE_COMMIT: commit };
  expect((await world.run("update-pin.sh", env)).exitCode).toBe(0);
  expect(world.git(world.hub, "rev-list", "--count", "first..main")).toBe("1");
  for (const name of ["bouquet", "courier"]) expect(world.pin("staging", `florist/${name}`)).toMatch(new RegExp(`@${digest("b")}$`));
});

test("a release opens a pull request with the digest that staging runs, and pushes nothing to main", async () => {
  const running = world.pin("staging", "florist/bouquet").replace(/^.*@/, "");
  world.pushImage("bouquet", "v1.2.0", running);
  const env = {
    ...delivery,
    ENVIRONMENT: "production",
    RELEASE: "v1.2.0",
    PINS: `florist/bouquet ${world.image("bouquet")}:v1.2.0@${running}`,
  };
  const { exitCode, stderr } = await world.run("update-pin.sh", env);
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining("note: 'florist' in 'production' takes pull requests")]);
  expect(world.git(world.hub, "rev-parse", "main")).toBe(world.git(world.hub, "rev-parse", "first"));
  const branch = "release/production/v1.2.0/florist-bouquet";
  expect(world.branches()).toEqual([branch]);
  expect(world.pin("production", "florist/bouquet", branch)).toBe(`${world.image("bouquet")}:v1.2.0@${running}`);
  const [, list, create] = world.calls();
  expect(list?.args.slice(0, 2)).toEqual(["pr", "list"]);
  // nobody's fork stands in the way with a branch of that name
  expect(list?.args.at(-1)).toContain("select(.isCrossRepository | not)");
  expect(create?.args.join(" ")).toBe(`pr create --head ${branch} --base main --title release: bouquet v1.2.0 to production --body-file -`);
  expect(create?.input).toContain("Promoted-From: staging");
});

test("a release whose tag is another image than staging runs is refused", async () => {
  world.pushImage("bouquet", "v1.2.0", digest("c"));
  const env = {
    ...delivery,
    ENVIRONMENT: "production",
    RELEASE: "v1.2.0",
    PINS: `florist/bouquet ${world.image("bouquet")}:v1.2.0@${digest("c")}`,
  };
  const { exitCode } = await world.run("update-pin.sh", env);
  expect(exitCode).not.toBe(0);
  expect(world.branches()).toEqual([]);
  expect(world.calls().filter(({ program }) => program === "gh")).toEqual([]);
});

test("at GitLab the pull request is a merge request, and the token reaches no argument", async () => {
  const reference = `${world.image("bouquet")}:v2.0.0@${digest("d")}`;
  const env = {
    ...delivery,
    ENVIRONMENT: "production",
    PINS: `florist/bouquet ${reference}`,
    GITLAB_CI: "true",
    CI_API_V4_URL: "https://git.florist.example/api/v4",
  };
  world.answer({ "--get": "[]" });
  expect((await world.run("update-pin.sh", env)).exitCode).toBe(0);
  const requests = world.calls().filter(({ program }) => program === "curl");
  expect(requests.map(({ input }) => input)).toEqual(Array(2).fill("PRIVATE-TOKEN: token-of-the-florist\n"));
  expect(requests[1]?.args).toEqual(expect.arrayContaining(["title=release: bouquet v2.0.0 to production", "target_branch=main"]));
  expect(JSON.stringify(world.calls().map(({ args }) => args))).not.toContain("token-of-the-florist");
});

test("the application is cloned with its own token, never with the one that pushes", async () => {
  const asked: string[] = [];
  const server = createServer(({ headers: { authorization } }, response) => {
    if (authorization !== undefined) asked.push(Buffer.from(authorization.replace("Basic ", ""), "base64").toString("utf8"));
    response.writeHead(authorization === undefined ? 401 : 404, { "www-authenticate": 'Basic realm="florist"' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const SOURCE_URL = `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}/florist/bouquet.git`;
  const reference = `${world.image("bouquet")}:sha-0123456@${digest("a")}`;
  const env = { ...delivery, ENVIRONMENT: "dev", PINS: `florist/bouquet ${reference}`, SOURCE_URL, SOURCE_TOKEN: "reads" };
  const { stderr } = await world.run("update-pin.sh", env);
  await new Promise((resolve) => server.close(resolve));
  expect(stderr).toContain("cannot be read: whether what is pinned is newer stays unknown");
  expect(new Set(asked)).toEqual(new Set(["x-access-token:reads"]));
});

test("of two runs the one of the newer commit wins, whichever comes last", async () => {
  const older = world.commitSource("asters");
  const newer = world.commitSource("dahlias");
  const pinOf = (commit: string): string => `${world.image("bouquet")}:sha-${commit}@${digest("e")}`;
  const run = (commit: string, more: Record<string, string>) =>
    world.run("update-pin.sh", {
      ...delivery,
      ...more,
      ENVIRONMENT: "dev",
      PINS: `florist/bouquet ${pinOf(commit)}`,
      SOURCE_COMMIT: commit,
    });
  const first = await run(newer, { SOURCE: world.source, ALLOW_UNRELATED: "true" });
  expect([first.exitCode, first.stderr]).toEqual([0, expect.any(String)]);
  expect((await run(older, { SOURCE_URL: `file://${world.source}`, SOURCE_TOKEN: "reads" })).exitCode).toBe(0);
  expect(world.pin("dev", "florist/bouquet")).toBe(pinOf(newer));
});

test("without a token nothing is started", async () => {
  const without = { GITOPS_URL: `file://${world.hub}`, ENVIRONMENT: "dev", PINS: "florist/bouquet x:y" };
  for (const script of ["update-pin.sh", "send-dispatch.sh"]) {
    const { exitCode, stderr } = await world.run(script, without);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/^error: GITOPS_TOKEN is not set\n {2}hint: /) });
  }
  expect(world.calls()).toEqual([]);
});

test.each([
  ["--force x:y", "'--force' names no service"],
  ["florist/bouquet", "'florist/bouquet  ' is no pin"],
  ["florist/bouquet --push", "'florist/bouquet --push ' is no pin"],
  ["florist/bouquet a:b c", "'florist/bouquet a:b c' is no pin"],
  ["   \n", "no pins are listed"],
])("pins that are none are refused before anything is cloned: %j", async (PINS, message) => {
  const { exitCode, stderr } = await world.run("update-pin.sh", { ...delivery, ENVIRONMENT: "dev", PINS });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`error: ${message}`)]);
});

test("an address with credentials in it is refused, and not printed", async () => {
  const env = {
    ...delivery,
    GITOPS_URL: "https://oauth2:secret@git.florist.example/x.git",
    ENVIRONMENT: "dev",
    PINS: "florist/bouquet a:b",
  };
  const { exitCode, stdout, stderr } = await world.run("update-pin.sh", env);
  expect([exitCode, stdout + stderr]).toEqual([2, expect.not.stringContaining("secret")]);
});

test("a service that is not there changes nothing, and says so once", async () => {
  const env = { ...delivery, ENVIRONMENT: "dev", PINS: `florist/wreath ${world.image("wreath")}:sha-0123456` };
  const { exitCode, stderr } = await world.run("update-pin.sh", env);
  expect(exitCode).toBe(2);
  expect(stderr.match(/^error: .*$/gm)).toEqual(["error: the system 'florist' has no service 'wreath'"]);
  expect(world.git(world.hub, "rev-parse", "main")).toBe(world.git(world.hub, "rev-parse", "first"));
});

test("a dispatch sends what update-pin.sh would have been given", async () => {
  const env = {
    ...delivery,
    GITOPS_REPOSITORY: "florist/gitops",
    ENVIRONMENT: "dev",
    PINS: "florist/bouquet ghcr.io/florist/bouquet:sha-0123456\n",
    SOURCE_NAME: "bouquet",
  };
  expect((await world.run("send-dispatch.sh", env)).exitCode).toBe(0);
  const [call] = world.calls();
  expect(call?.args.join(" ")).toBe("api --method POST repos/florist/gitops/dispatches --input -");
  expect(JSON.parse(call?.input ?? "")).toEqual({
    event_type: "update-pin",
    client_payload: {
      environment: "dev",
      pins: "florist/bouquet ghcr.io/florist/bouquet:sha-0123456",
      source: "bouquet",
      run: "https://ci.florist.example/7",
      actor: "flora",
    },
  });
});

test("what was dispatched is carried out, and is judged by the application's own history", async () => {
  const commit = world.commitSource("lilies");
  const reference = `${world.image("courier")}:sha-${commit}@${digest("f")}`;
  const PAYLOAD = JSON.stringify({ environment: "dev", pins: `florist/courier ${reference}`, sourceCommit: commit, source: "courier" });
  const env = { ...delivery, PAYLOAD, SOURCE_OWNER_URL: `file://${world.folder}/florist`, SOURCE_TOKEN: "reads" };
  const { exitCode, stderr } = await world.run("dispatch-payload.mjs", env, "run");
  // there is no such repository to read: the pin moves all the same, and the run says what it could not know
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining("cannot be read: whether what is pinned is newer stays unknown")]);
  expect(world.pin("dev", "florist/courier")).toBe(reference);
});

const good = { environment: "dev", pins: "florist/bouquet ghcr.io/florist/bouquet:sha-0123456" };

test.each([
  ["no object", "null"],
  ["a list", "[]"],
  ["an unknown field", JSON.stringify({ ...good, GITOPS_TOKEN: "mine" })],
  ["no pins", JSON.stringify({ environment: "dev" })],
  ["a command in a service", JSON.stringify({ ...good, pins: "florist/$(id) ghcr.io/florist/bouquet:v1" })],
  ["a command in a reference", JSON.stringify({ ...good, pins: "florist/bouquet ghcr.io/`id`:v1" })],
  ["an option for a service", JSON.stringify({ ...good, pins: "--override=x ghcr.io/florist/bouquet:v1" })],
  ["a path for an environment", JSON.stringify({ ...good, environment: "../production" })],
  ["an address of another kind", JSON.stringify({ ...good, run: "javascript:alert(1)" })],
  ["a trailer in an actor", JSON.stringify({ ...good, actor: "flora\nOverride: yes" })],
  ["a number for a release", JSON.stringify({ ...good, release: 1 })],
  ["another owner's repository", JSON.stringify({ ...good, source: "../mallory/bouquet" })],
  ["too many pins", JSON.stringify({ ...good, pins: Array(51).fill(good.pins).join("\n") })],
])("a payload with %s is refused, and runs nothing", async (_, PAYLOAD) => {
  const { exitCode, stdout, stderr } = await world.run("dispatch-payload.mjs", { ...delivery, PAYLOAD }, "run");
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^error: [^\n]*payload[^\n]*\n$/);
  expect(world.calls()).toEqual([]);
});
