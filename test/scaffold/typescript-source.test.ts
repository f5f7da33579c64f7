import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { format } from "prettier";
import { type ListFinder, TypeScriptSource } from "../../lib/scaffold/typescript-source.ts";

const parse = (text: string): Promise<TypeScriptSource> => TypeScriptSource.parse("apps/tenants.ts", text);
const tenants: ListFinder = (source) => source.list(source.constant("tenants"));

const added = async (text: string, element = "till", behind?: string): Promise<string> => {
  const source = await parse(text);
  source.addElement(tenants, element, behind === undefined ? undefined : (node) => node.getText() === behind);
  return source.text;
};

test.each([
  ["an empty one", "const tenants = [];", "const tenants = [till];"],
  ["one on a line", "const tenants = [shop];", "const tenants = [shop, till];"],
  ["one with a type", "export const tenants: readonly System[] = [shop];", "export const tenants: readonly System[] = [shop, till];"],
  ["one on several lines", "const tenants = [\n  shop,\n];", "const tenants = [\n  shop,\n  till,\n];"],
  ["one without a comma at its end", "const tenants = [\n  shop\n];", "const tenants = [\n  shop,\n  till\n];"],
  [
    "one with remarks",
    "const tenants = [\n  // first\n  shop, // sells\n];",
    "const tenants = [\n  // first\n  shop, // sells\n  till,\n];",
  ],
  ["one that has it", "const tenants = [till, shop];", "const tenants = [till, shop];"],
])("adds to the end of a list: %s", async (_title, before, after) => {
  expect(await added(before)).toBe(after);
});

test.each([
  ["const tenants = [shop, bank];", "const tenants = [shop, till, bank];"],
  ["const tenants = [\n  shop, // sells\n  bank,\n];", "const tenants = [\n  shop, // sells\n  till,\n  bank,\n];"],
])("adds behind an element: %j", async (before, after) => {
  expect(await added(before, "till", "shop")).toBe(after);
});

test("breaks an object of several properties out of its line when a second one comes", async () => {
  expect(await added("const tenants = [{ a: 1, b: 2 }];", "{ a: 3, b: 4 }")).toBe(
    "const tenants = [\n  { a: 1, b: 2 },\n  { a: 3, b: 4 },\n];",
  );
});

const name = fc.stringMatching(/^[a-z]{1,24}$/).map((text) => `x${text}`);
const prettier = (text: string): Promise<string> => format(text, { parser: "typescript", printWidth: 140 });

test.each<[string, (list: string) => string, number?]>([
  ["a constant", (list) => `export const tenants = ${list};\n`],
  ["a property", (list) => `export const system = defineSystem({ name: "shop", team: shopTeam, services: ${list} });\n`],
  ["a property within a list", (list) => `export const planes = [defineControlPlane({ name: "main", environments: ${list} })];\n`],
  // where calls are chained on a list that is too long for its line, prettier breaks elsewhere: `npm run format` then
  [
    "a spread that fits its line",
    (list) => `export const clusters = [...new Set([main, ...${list}.flatMap(({ clusters }) => clusters)])];\n`,
    1,
  ],
])("leaves a formatted file formatted, and its words in their order: a list in %s", async (_title, template, maxLength = 8) => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength }), name, async (names, element) => {
      const before = await prettier(template(`[${names.join(", ")}]`));
      const source = await parse(before);
      const find: ListFinder = (current) => current.lists().find(({ elements }) => elements.some((node) => node.getText() === names[0]));
      source.addElement(find, element);
      const words = (text: string): string => text.replace(/[\s,]/g, "");
      expect(await prettier(source.text)).toBe(source.text);
      const last = names.at(-1)!;
      if (!names.includes(element)) expect(words(source.text)).toBe(words(before).replace(`${last}]`, `${last}${element}]`));
    }),
    { numRuns: 20 },
  );
});

test.each([
  [
    "among the others by path",
    'import { a } from "./a.ts";\nimport { z } from "./z.ts";\n',
    'import { a } from "./a.ts";\nimport { m } from "./m.ts";\nimport { z } from "./z.ts";\n',
  ],
  ["behind the last", 'import { a } from "./a.ts";\n\nuse(a);\n', 'import { a } from "./a.ts";\nimport { m } from "./m.ts";\n\nuse(a);\n'],
  [
    "below the head of the file",
    '// ours\nimport { z } from "./z.ts";\n',
    '// ours\nimport { m } from "./m.ts";\nimport { z } from "./z.ts";\n',
  ],
  ["where there is none", "use();\n", 'import { m } from "./m.ts";\n\nuse();\n'],
  ["from a module that is imported already", 'import { n } from "./m.ts";\n', 'import { n, m } from "./m.ts";\n'],
  ["that is there already", 'import { m } from "./m.ts";\n', 'import { m } from "./m.ts";\n'],
  ["by another name where its own is taken", "const m = 1;\n", 'import { m as mService } from "./m.ts";\n\nconst m = 1;\n'],
])("imports a name %s", async (_title, before, after) => {
  const source = await parse(before);
  const local = source.addImport("m", "./m.ts", "Service");
  expect(source.text).toBe(after);
  expect(local).toBe(after.includes("mService") ? "mService" : "m");
});

test("refuses a name whose place is taken twice", async () => {
  const source = await parse("const m = 1;\nfunction mService() {}\n");
  expect(() => source.addImport("m", "./m.ts", "Service")).toThrow("'apps/tenants.ts' uses both 'm' and 'mService' for something else");
});

test("finds a definition by the name in it", async () => {
  const source = await parse('export const sre = defineTeam({ name: "sre" });\nexport const ops = defineTeam({ name: `operations` });\n');
  expect(source.definition("defineTeam", "operations")?.constant).toBe("ops");
  expect(source.definition("defineTeam", "nobody")).toBeUndefined();
  expect(source.definition("defineSystem", "sre")).toBeUndefined();
});

test("puts a statement at the end, whatever the file ends with", async () => {
  for (const [before, after] of [
    ["a();\n", "a();\n\nb();\n"],
    ["a();", "a();\n\nb();\n"],
  ] as const) {
    const source = await parse(before);
    source.appendStatement("b();");
    expect(source.text).toBe(after);
  }
});
