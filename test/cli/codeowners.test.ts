import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { TemporaryShop } from "../support/temporary-shop.ts";

let shop: TemporaryShop;

beforeEach(() => {
  shop = new TemporaryShop();
});

afterEach(() => {
  shop.remove();
});

test("writes who reviews what, and says so once", async () => {
  expect(await shop.run(["codeowners"])).toEqual({ exitCode: 0, stdout: "written .github/CODEOWNERS\n", stderr: "" });
  expect(shop.read(".github/CODEOWNERS")).toMatch(/^# Written by `keelson codeowners`/);
  expect(await shop.run(["codeowners"])).toEqual({ exitCode: 0, stdout: "unchanged .github/CODEOWNERS\n", stderr: "" });
});

test("--check tells of a file that is not what the definitions give, and leaves it", async () => {
  await shop.run(["codeowners"]);
  expect((await shop.run(["codeowners", "--check"])).exitCode).toBe(0);
  shop.edit(".github/CODEOWNERS", "/apps/warehouse/", "/apps/attic/");
  const { exitCode, stdout, stderr } = await shop.run(["codeowners", "--check"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "differs .github/CODEOWNERS\n" });
  expect(stderr).toMatch(/^error: .github\/CODEOWNERS is not what the definitions give\n {2}hint: run `npm run keelson -- codeowners`/);
  expect(shop.read(".github/CODEOWNERS")).toContain("/apps/attic/");
});

test("--check tells of a file that is not there", async () => {
  expect((await shop.run(["codeowners", "--check"])).exitCode).toBe(1);
});

test("writes where GitLab looks", async () => {
  expect((await shop.run(["codeowners", "--file", ".gitlab/CODEOWNERS"])).exitCode).toBe(0);
  expect(shop.read(".gitlab/CODEOWNERS")).toContain("/apps/warehouse/");
});

test("a file that no Git host reads is refused", async () => {
  const { exitCode, stderr } = await shop.run(["codeowners", "--file", "OWNERS"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Allowed choices are .github/CODEOWNERS");
});

test("a file that cannot be written is one clear error", async () => {
  shop.write(".github", "a file where a folder should be\n");
  const { exitCode, stderr } = await shop.run(["codeowners"]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error: '.*CODEOWNERS' cannot be written/);
});
