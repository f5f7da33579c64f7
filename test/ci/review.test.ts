import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, jest, test } from "@jest/globals";
import { FloristWorld } from "./florist-world.ts";

const head = "0123456789abcdef0123456789abcdef01234567";

// Keelson runs as a process of its own, several times a test
jest.setTimeout(180_000);

let world: FloristWorld;

beforeAll(async () => {
  world = await FloristWorld.open({ empty: true });
});

afterEach(() => {
  world.reset();
});

afterAll(() => {
  world.close();
});

/** A report as it was downloaded, whoever wrote it. */
function report(files: Readonly<Record<string, string>>): string {
  const folder = join(world.job, "review");
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const comment = (folder: string) => world.run("review-comment.sh", { GH_TOKEN: "t", REPOSITORY: "florist/gitops", HEAD_SHA: head }, folder);

/** The comment that was written, if one was. */
function written(): { readonly address: string; readonly body: string } | undefined {
  const call = world.calls().find(({ args }) => args.includes("--input"));
  if (call === undefined) return undefined;
  const { body } = JSON.parse(call.input) as { body: string };
  return { address: `${call.args[2] ?? ""} ${call.args[3] ?? ""}`, body };
}

test("a report becomes one comment on the pull request that its run was for", async () => {
  world.answer({ "pulls/17": `open ${head}\n` });
  expect((await comment(report({ number: "17\n", "findings.txt": "no errors\n", "diff.txt": "+replicas: 3\n" }))).exitCode).toBe(0);
  expect(written()?.address).toBe("POST repos/florist/gitops/issues/17/comments");
  expect(written()?.body).toMatch(/^<!-- keelson-review -->\n/);
  expect(written()?.body).toContain("```diff\n+replicas: 3\n```");
});

test("a second run renews the comment", async () => {
  world.answer({ "pulls/17": `open ${head}\n`, "issues/17/comments": "998\n" });
  expect((await comment(report({ number: "17\n", "findings.txt": "x" }))).exitCode).toBe(0);
  expect(written()?.address).toBe("PATCH repos/florist/gitops/issues/comments/998");
});

test.each([
  ["another commit", `open ${"f".repeat(40)}\n`],
  ["a pull request that is closed", `closed ${head}\n`],
])("a number that belongs to %s gets no comment", async (_, state) => {
  world.answer({ "pulls/17": state });
  expect((await comment(report({ number: "17\n", "findings.txt": "x" }))).exitCode).toBe(0);
  expect(written()).toBeUndefined();
});

test.each(["17; rm -rf /", "../issues/1", "0", "", "1\n2\n", "9".repeat(30)])("'%s' is no number, and nothing is asked", async (number) => {
  const { exitCode } = await comment(report({ number }));
  expect([exitCode, world.calls()]).toEqual([2, []]);
});

test("a number that is a link to somewhere else is not read", async () => {
  const folder = report({ elsewhere: "17\n" });
  symlinkSync(join(folder, "elsewhere"), join(folder, "number"));
  expect((await comment(folder)).exitCode).toBe(2);
});

test("what a stranger wrote cannot leave its block, notify anybody, or hide", async () => {
  world.answer({ "pulls/17": `open ${head}\n` });
  const hostile = "````\n</details>\n@florist/everyone ![x](https://mallory.example/x.png)\n\u202egnihton\u0000\n";
  await comment(report({ number: "17\n", "diff.txt": hostile }));
  const body = written()?.body ?? "";
  const [, fence = "", inside = ""] = /\n(`{3,})diff\n([\s\S]*?)\n\1\n/.exec(body) ?? [];
  expect(fence).toBe("`````");
  expect(inside).toContain("@florist/everyone");
  expect(body.replace(inside, "")).not.toContain("mallory");
  expect(body).not.toMatch(/[\u202e\u0000]/u);
});

test("a long report is cut, so that the host takes it", async () => {
  world.answer({ "pulls/17": `open ${head}\n` });
  const long = Object.fromEntries(["findings", "pins", "files", "diff"].map((name) => [`${name}.txt`, `${"x".repeat(99)}\n`.repeat(9000)]));
  await comment(report({ number: "17\n", ...long }));
  expect(written()?.body.length).toBeLessThan(65_536);
  expect(written()?.body).toContain("more characters: see the pull request's files");
});
