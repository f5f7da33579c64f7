import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";
import { projectRoot } from "../support/project-copy.ts";
import { FloristWorld } from "./florist-world.ts";

const digest = (text: string): string => `sha256:${text.repeat(64)}`;

// Keelson runs as a process of its own, several times a test
jest.setTimeout(180_000);

let world: FloristWorld;
let build: Record<string, string>;

beforeAll(async () => {
  world = await FloristWorld.open({ empty: true });
  build = {
    IMAGES: "florist/bouquet ghcr.io/florist/bouquet .",
    SOURCE_COMMIT: "0123456789abcdef0123456789abcdef01234567",
    BUILD_METADATA: JSON.stringify({ "containerimage.digest": digest("a") }),
  };
});

afterEach(() => {
  world.reset();
});

afterAll(() => {
  world.close();
});

/** The calls of docker and cosign, without options. */
function steps(): string[] {
  const words = world.calls().map(({ program, args }) => [program, ...args.filter((word) => !word.startsWith("-"))]);
  return words.map(([program, ...rest]) => [program, ...rest].join(" "));
}

test("an image gets its tag when it is pushed by its digest and signed, not before", async () => {
  world.answer({ "imagetools inspect": JSON.stringify({ digest: digest("a") }), "buildx inspect": "there" });
  const { exitCode, stdout } = await world.run("build-images.sh", build);
  const tag = `sha-${build.SOURCE_COMMIT ?? ""}`;
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `florist/bouquet ghcr.io/florist/bouquet:${tag}@${digest("a")}\n` });
  expect(steps().map((step) => step.split(" ").slice(0, 3).join(" "))).toEqual([
    "docker buildx inspect",
    "docker buildx build",
    "cosign sign ghcr.io/florist/bouquet@" + digest("a"),
    "docker buildx imagetools",
    "docker buildx imagetools",
  ]);
  const pushed = world.calls()[1]?.args.join(" ");
  expect(pushed).toContain("--output type=image,name=ghcr.io/florist/bouquet,push-by-digest=true,name-canonical=true,push=true");
  expect(pushed).not.toContain(tag);
  expect(world.calls()[3]?.args).toContain("--prefer-index=false");
});

test("what reads standard input, as cosign for the password of a key, takes no image of the list", async () => {
  world.answer({ "imagetools inspect": JSON.stringify({ digest: digest("a") }), "buildx inspect": "there" });
  const images = ["bouquet", "courier"].map((name) => `florist/${name} ghcr.io/florist/${name} .`).join("\n");
  const { exitCode, stdout } = await world.run("build-images.sh", { ...build, IMAGES: images, COSIGN_KEY: "cosign.key" });
  expect([exitCode, stdout.split("\n").map((line) => line.split(" ")[0])]).toEqual([0, ["florist/bouquet", "florist/courier", ""]]);
});

test("a release builds and signs nothing: the commit's image gets one more name", async () => {
  world.answer({ "imagetools inspect": JSON.stringify({ digest: digest("b") }) });
  const { exitCode, stdout } = await world.run("build-images.sh", { ...build, RELEASE: "v1.2.0" });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `florist/bouquet ghcr.io/florist/bouquet:v1.2.0@${digest("b")}\n` });
  expect(steps().map((step) => step.split(" ").slice(0, 4).join(" "))).toEqual([
    "docker buildx imagetools inspect",
    "docker buildx imagetools inspect",
    "docker buildx imagetools create",
    "docker buildx imagetools inspect",
  ]);
});

test("a release that was given out before stays what it was", async () => {
  const tagged = `ghcr.io/florist/bouquet:sha-${build.SOURCE_COMMIT ?? ""}`;
  world.answer({
    "imagetools inspect": JSON.stringify({ digest: digest("b") }),
    [`imagetools inspect ${tagged}`]: JSON.stringify({ digest: digest("a") }),
  });
  const { exitCode, stdout, stderr } = await world.run("build-images.sh", { ...build, RELEASE: "v1.2.0" });
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(`'ghcr.io/florist/bouquet:v1.2.0' is ${digest("b")} already`);
  expect(world.calls().some(({ args }) => args.includes("create"))).toBe(false);
});

test.each(["nightly", "v1", "v1.2.0;id", "v1.2.0/x"])("a tag that is no version is no release: '%s'", async (RELEASE) => {
  const { exitCode, stderr } = await world.run("build-images.sh", { ...build, RELEASE });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`'${RELEASE}' is no release`)]);
  expect(world.calls()).toEqual([]);
});

test("a release of a commit that was never built is refused, and names nothing", async () => {
  world.answer({ "imagetools inspect": "exit 1" });
  const { exitCode, stdout, stderr } = await world.run("build-images.sh", { ...build, RELEASE: "v1.2.0" });
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("the commit was never built");
  expect(world.calls().some(({ args }) => args.includes("create"))).toBe(false);
});

test("a registry that makes another manifest of a tag is told of, and gives no pins", async () => {
  world.answer({ "imagetools inspect": JSON.stringify({ digest: digest("c") }) });
  const { exitCode, stdout, stderr } = await world.run("build-images.sh", build);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(`became ${digest("c")} instead of ${digest("a")}`);
});

test("of several images one that cannot be signed leaves no pins of the others", async () => {
  world.answer({ "imagetools inspect": JSON.stringify({ digest: digest("a") }), "cosign sign --yes ghcr.io/florist/courier": "exit 1" });
  const IMAGES = `${build.IMAGES ?? ""}\nflorist/courier ghcr.io/florist/courier courier`;
  const file = join(world.job, "pins");
  expect((await world.run("build-images.sh", { ...build, IMAGES, PINS_FILE: file })).exitCode).not.toBe(0);
  expect(() => readFileSync(file)).toThrow("ENOENT");
});

test("an image that cannot be built does not get the digest of the one before", async () => {
  world.answer({
    "imagetools inspect": JSON.stringify({ digest: digest("a") }),
    "buildx inspect": "there",
    "name=ghcr.io/florist/courier": "exit 1",
  });
  const IMAGES = `${build.IMAGES ?? ""}\nflorist/courier ghcr.io/florist/courier courier`;
  const { exitCode, stdout } = await world.run("build-images.sh", { ...build, IMAGES });
  expect([exitCode === 0, stdout]).toEqual([false, ""]);
  expect(world.calls().filter(({ program }) => program === "cosign")).toHaveLength(1);
});

test.each([
  ["", "IMAGES is not set"],
  ["florist/bouquet ghcr.io/florist/bouquet", "is no image"],
  ["  \n", "no images are listed"],
])("images that are none are refused: %j", async (IMAGES, message) => {
  world.answer({ "buildx inspect": "there" });
  const { exitCode, stderr } = await world.run("build-images.sh", { ...build, IMAGES });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test("in one job, tests that fail stop everything before an image is built or a pin moves", async () => {
  const { runs } = parse(readFileSync(join(projectRoot, ".github/actions/deliver/action.yaml"), "utf8")) as {
    runs: { steps: { run?: string; uses?: string; if?: string }[] };
  };
  const [first, ...others] = runs.steps;
  writeFileSync(join(world.job, "step.sh"), first?.run ?? "");
  const bash = ["--noprofile", "--norc", "-eo", "pipefail", "step.sh"];
  const { exitCode } = await world.exec("bash", bash, { TEST_COMMAND: "echo testing\nfalse\ntrue" });
  expect(exitCode).not.toBe(0);
  expect((await world.exec("bash", bash, { TEST_COMMAND: "true" })).exitCode).toBe(0);
  // a step without `always()` or `failure()` does not run after one that failed
  expect(others.map((step) => step.if ?? "").filter((condition) => /always|failure|cancelled/.test(condition))).toEqual([]);
  expect(world.calls()).toEqual([]);
});
