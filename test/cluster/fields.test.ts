import { expect, test } from "@jest/globals";
import { Fields } from "../../lib/cluster/fields.ts";

test.each([undefined, null, "text", 3, []])("%j has no fields", (value) => {
  const fields = new Fields(value);
  expect([fields.text("a"), fields.count("a"), fields.flag("a"), fields.has("a"), fields.each("a"), fields.at("a").text("b")]).toEqual([
    undefined,
    undefined,
    false,
    false,
    [],
    undefined,
  ]);
});

test("a field of another type reads as if it were absent", () => {
  const fields = new Fields({ text: 1, count: "1", flag: "true", at: "x", each: {} });
  expect([fields.text("text"), fields.count("count"), fields.flag("flag"), fields.has("at"), fields.each("each")]).toEqual([
    undefined,
    undefined,
    false,
    false,
    [],
  ]);
});

test("an empty text is absent, zero and false are not", () => {
  const fields = new Fields({ text: "", count: 0, flag: false });
  expect([fields.text("text"), fields.count("count"), fields.flag("flag", true), fields.flag("other", true)]).toEqual([
    undefined,
    0,
    false,
    true,
  ]);
});
