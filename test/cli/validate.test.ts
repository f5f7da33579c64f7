import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { renderBookshop } from "../fixtures/bookshop/render.ts";
import { TemporaryShop } from "../support/temporary-shop.ts";

const objects = renderBookshop().manifests.length;

let shop: TemporaryShop;
beforeEach(() => {
  shop = new TemporaryShop();
});
afterEach(() => {
  shop.remove();
});

describe("validate", () => {
  test("counts the objects, exits 0 and writes nothing where all is well", async () => {
    expect(await shop.run(["validate"])).toEqual({ exitCode: 0, stdout: `${objects} objects, 0 issues\n`, stderr: "" });
    expect(existsSync(shop.output)).toBe(false);
  });

  test("tells what is wrong on stderr and exits 1", async () => {
    shop.edit("environments/dev/images.yaml", "shop/catalogue:sha-", "shop/catalogue:nightly-");
    expect(await shop.run(["validate"])).toEqual({
      exitCode: 1,
      stdout: `${objects} objects, 1 issue\n`,
      stderr: `error: the pin of 'bookshop/catalogue' in 'dev' has the tag 'nightly-${catalogueCommit()}', which is not 'sha-<commit>' [image-pins]
  at environments/dev/images.yaml:2
  hint: this environment takes 'registry.paperback.example:5000/shop/<name>:sha-<commit>'
`,
    });
  });

  test("tells it as JSON, and nothing on stderr", async () => {
    shop.edit("environments/dev/images.yaml", "bookshop/catalogue:", "bookshop/cataloque:");
    const { exitCode, stdout, stderr } = await shop.run(["validate", "--output", "json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      objects,
      issues: [
        {
          severity: "error",
          rule: "image-pins",
          message: "no image pin for 'bookshop/catalogue' in 'dev'",
          hint: "add the line 'bookshop/catalogue: registry.paperback.example:5000/shop/catalogue:sha-<commit>' to environments/dev/images.yaml",
          place: "environments/dev/images.yaml:1",
        },
        {
          severity: "error",
          rule: "image-pins",
          message: "the pin of 'bookshop/cataloque' in 'dev' is used by nothing",
          hint: "remove the line, or mend the key; the nearest that are used: 'bookshop/catalogue', 'bookshop/storefront', 'warehouse/shipping'",
          place: "environments/dev/images.yaml:2",
        },
      ],
    });
  });
});

function catalogueCommit(): string {
  return /nightly-([0-9a-f]+)/.exec(shop.read("environments/dev/images.yaml"))?.[1] ?? "";
}
