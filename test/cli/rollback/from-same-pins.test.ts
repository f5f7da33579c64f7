import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { ShopClone } from "../../support/shop-clone.ts";
import type { Outcome } from "../../support/temporary-shop.ts";

// every command renders the bookshop, some of them several times
jest.setTimeout(60_000);

let shop: ShopClone;
beforeEach(() => {
  shop = new ShopClone();
});
afterEach(() => {
  shop.remove();
});

async function deploy(tag: string, by = shop, how = "--push"): Promise<void> {
  const image = `registry.paperback.example/books/shipping:${tag}`;
  const { exitCode, stderr } = await by.run(["image", "set", "warehouse/shipping", image, "--environment", "dev", "--override", "x", how]);
  if (exitCode !== 0) throw new Error(stderr);
}

const rollback = (...more: readonly string[]): Promise<Outcome> =>
  shop.run(["rollback", "warehouse/shipping", "--environment", "dev", "--push", ...more]);
const pinned = (): string =>
  /^warehouse\/shipping: \S*:(\S*)/m.exec(shop.git("show", "origin/trunk:environments/dev/images.yaml"))?.[1] ?? "";

/** Somebody else's deploy arrives between the plan of the next push here and its arrival. */
async function deployMeanwhile(tag: string): Promise<void> {
  const other = shop.another();
  await deploy(tag, other, "--commit");
  const hook = join(shop.root, ".git/hooks/pre-push");
  mkdirSync(join(shop.root, ".git/hooks"), { recursive: true });
  writeFileSync(hook, `#!/bin/sh\nunset GIT_DIR\ncd '${other.root}' && git push --quiet origin trunk\n`);
  chmodSync(hook, 0o755);
}

test("what came meanwhile is not rolled back in its place", async () => {
  await deploy("sha-1111111");
  await deploy("sha-2222222");
  await deployMeanwhile("sha-3333333");
  const { exitCode, stderr } = await rollback();
  expect(exitCode).toBe(2);
  expect(stderr).toContain("error: 'warehouse/shipping' in 'dev' moved meanwhile: it is 3333333 now");
  expect(pinned()).toBe("sha-3333333");
});

test("what is named goes back from whatever came meanwhile", async () => {
  await deploy("sha-1111111");
  await deploy("sha-2222222");
  await deployMeanwhile("sha-3333333");
  expect((await rollback("--to", "sha-1111111")).exitCode).toBe(0);
  expect(pinned()).toBe("sha-1111111");
});

test("a pipeline run that is started again goes back once, another one once more", async () => {
  await deploy("sha-1111111");
  await deploy("sha-2222222");
  await deploy("sha-3333333");
  const run = ["--run", "https://ci.example/runs/7"];
  expect([(await rollback(...run)).exitCode, pinned()]).toEqual([0, "sha-2222222"]);
  const again = await rollback(...run);
  expect([again.exitCode, again.stderr, pinned()]).toEqual([0, "nothing is to be changed\n", "sha-2222222"]);
  expect([(await rollback("--run", "https://ci.example/runs/8")).exitCode, pinned()]).toEqual([0, "sha-1111111"]);
});
