import { expect, test } from "@jest/globals";
import { csvText } from "../../lib/cli/csv.ts";

test.each([
  ["plain", "plain"],
  ["", ""],
  ["with space", "with space"],
  ["a,b", '"a,b"'],
  ['say "so"', '"say ""so"""'],
  ["two\nlines", '"two\nlines"'],
  [" padded", '" padded"'],
  ["=1+1", "'=1+1"],
  ["+49", "'+49"],
  ["-1", "'-1"],
  ["@SUM(A1,B1)", '"\'@SUM(A1,B1)"'],
  ["  =1", "'  =1"],
  ["\t=1", "'\t=1"],
  ["＝1", "'＝1"],
  ["a=b", "a=b"],
  ["José → 日本", "José → 日本"],
])("%j becomes %s", (cell, written) => {
  expect(csvText(["title"], [[cell, "next"]])).toBe(`\ufefftitle\r\n${written},next\r\n`);
});
