import { expect, test } from "@jest/globals";
import { oneLine, printable, tableLines } from "../../lib/cli/table.ts";

test("columns are as wide as their widest cell, two spaces apart, without spaces at the end", () => {
  expect(
    tableLines([
      ["STATE", "NAME"],
      ["ok", "a"],
      ["degraded", ""],
    ]),
  ).toEqual(["STATE     NAME", "ok        a", "degraded"]);
  expect(tableLines([])).toEqual([]);
});

test("a colour takes no room", () => {
  const red = "\u001b[31mok\u001b[39m";
  expect(
    tableLines([
      ["STATE", "NAME"],
      [red, "a"],
    ]),
  ).toEqual(["STATE  NAME", `${red}     a`]);
});

test("text of others is one line, without control characters, and cut where it is long", () => {
  expect(printable(" no\u001b[31m\n cellar\u202e ")).toBe("no [31m cellar");
  expect(oneLine("first\n  second")).toBe("first second");
  expect(oneLine("a".repeat(110))).toBe("a".repeat(110));
  expect(oneLine("a".repeat(111))).toBe(`${"a".repeat(109)}…`);
});
