import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { format } from "prettier";
import { type Code, layOut, quoted } from "../../lib/scaffold/code.ts";

const key = fc.stringMatching(/^[a-z]{1,12}$/);
const code = fc.letrec<{ code: Code }>((tie) => ({
  code: fc.oneof(
    { depthSize: "small" },
    fc.stringMatching(/^[a-z]([a-zA-Z ]{0,30}[a-z])?$/).map(quoted),
    fc.array(fc.stringMatching(/^[a-z]{1,20}$/).map(quoted), { minLength: 1 }),
    fc.dictionary(key, tie("code"), { minKeys: 1, noNullPrototype: true }).map((object) => ({ object })),
  ),
})).code;

test("writes what prettier would not change", async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(key, code, { minKeys: 1, noNullPrototype: true }), fc.boolean(), async (object, open) => {
      const text = `${layOut("export const definition = define(", { object, open }, ");")}\n`;
      expect(await format(text, { parser: "typescript", printWidth: 140 })).toBe(text);
    }),
    { numRuns: 60 },
  );
});

test("keeps on one line what fits there, and leaves out what is undefined", () => {
  expect(layOut("const team = ", { object: { name: '"sre"', group: undefined, owners: ['"@acme/sre"'] } }, ";")).toBe(
    'const team = { name: "sre", owners: ["@acme/sre"] };',
  );
  expect(layOut("f(", { object: {} }, ")")).toBe("f({})");
});

test("opens what is to be open", () => {
  expect(layOut("f(", { open: true, object: { a: "1", "b-c": "2" } }, ")")).toBe('f({\n  a: 1,\n  "b-c": 2,\n})');
});
