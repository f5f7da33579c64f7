import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { ShopClone } from "../../support/shop-clone.ts";

let shop: ShopClone;
beforeEach(() => {
  shop = new ShopClone();
});
afterEach(() => {
  shop.remove();
});

test("the clone is what its definitions give, pushed, and clean", async () => {
  expect(await shop.run(["synth", "--check"])).toMatchObject({ exitCode: 0, stderr: "" });
  expect(shop.git("status", "--porcelain")).toBe("");
  expect(shop.pushed()).toBe(shop.head());
});

test("another clone sees what was pushed, at the time that was said", () => {
  const other = shop.another();
  other.put("README.md", "books\n");
  other.commit("docs: books", { at: "2026-03-05T10:00:00Z", author: { name: "Bob", email: "bob@paperback.example" } });
  other.push();
  shop.pull();
  expect(shop.git("log", "-1", "--format=%an %cI")).toBe("Bob 2026-03-05T10:00:00+00:00");
});
