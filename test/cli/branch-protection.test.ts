import { afterAll, expect, test } from "@jest/globals";
import { branchRuleset } from "../../lib/ownership/branch-ruleset.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { TemporaryShop } from "../support/temporary-shop.ts";

const shop = new TemporaryShop();

afterAll(() => {
  shop.remove();
});

test("prints the ruleset as GitHub's API takes it", async () => {
  const { exitCode, stdout, stderr } = await shop.run(["branch-protection", "--app-id", "4711"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(branchRuleset(bookshop, 4711));
});

test.each(["keelson[bot]", "0", "1e3", "-4"])("'%s' is no App's number", async (text) => {
  const { exitCode, stdout, stderr } = await shop.run(["branch-protection", `--app-id=${text}`]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain("it is the App's number");
});
