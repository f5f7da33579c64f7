import { describe, expect, test } from "@jest/globals";
import { parseQuantity } from "../../lib/manifest/quantity.ts";

describe("parseQuantity", () => {
  test.each([
    ["1", 1000],
    [2, 2000],
    [0.5, 500],
    ["0", 0],
    ["100m", 100],
    ["1500u", 2],
    ["1n", 1],
    ["+1.5", 1500],
    [".5", 500],
    ["1.", 1000],
    ["1k", 1e6],
    ["1M", 1e9],
    ["1Ki", 1024_000],
    ["128Mi", 128 * 1024 ** 2 * 1000],
    ["0.5Gi", 512 * 1024 ** 2 * 1000],
    ["1Ei", 1024 ** 6 * 1000],
    ["1e3", 1e6],
    ["1E-1", 100],
    ["1E", 1e21],
  ])("reads %s in thousandths", (written, thousandths) => {
    expect(parseQuantity(written)).toBe(thousandths);
  });

  test.each(["", "m", "1 Gi", "1Mb", "-1", "1ki", "1mi", "ten", ".", true, null, undefined, ["1"], { cpu: "1" }])(
    "takes %j for no quantity",
    (written) => {
      expect(parseQuantity(written)).toBeUndefined();
    },
  );
});
