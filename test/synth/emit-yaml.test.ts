import { createRequire } from "node:module";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import type { KubernetesObject } from "../../lib/manifest/manifest.ts";
import { emitYaml } from "../../lib/synth/emit-yaml.ts";

/** Strings that some reader takes for something else: booleans, nulls, numbers, dates, syntax. */
const nastyStrings = [
  ...["y", "Y", "n", "N", "yes", "Yes", "YES", "no", "NO", "on", "On", "ON", "off", "OFF", "true", "True", "TRUE", "false", "False"],
  ...["null", "Null", "NULL", "~", "", " ", "nan", ".nan", ".NaN", "inf", ".inf", "-.inf", "+.INF", "Infinity"],
  ...[
    "0",
    "1",
    "-1",
    "+1",
    "017",
    "0o17",
    "0x1F",
    "0x1_F",
    "+0x1F",
    "0b101",
    "0b1_0",
    "1_000",
    "1__0",
    "1_000.5",
    "1e3",
    "1E3",
    "1e+3",
    "e1",
    "E0",
    "e-7",
  ],
  ...["1.", ".5", "1.5", "-1.5", "12:30:45", "190:20:30", "1:30", "2001-01-01", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43"],
  ...[
    "=",
    "<<",
    "-",
    "- a",
    "?",
    "? a",
    ":",
    ": a",
    "a:",
    "a: b",
    "a #b",
    "#a",
    "&a",
    "*a",
    "!a",
    "!!str a",
    "|",
    ">",
    "%a",
    "@a",
    "`a",
    ",",
  ],
  ...["[", "]", "{", "}", "[]", "{}", '"', "'", '"a"', "'a'", "\\", "\\n", "---", "...", "--- a", "__proto__", "constructor"],
  ...["\t", "\ta", "a\t", "a\tb", " a", "a ", "\n", "a\n", "\na", "a\n\n", "\r", "a\r\nb", "a\rb", "\0", "\u0007", "\u001b[0m", "\u007f"],
  ...[
    "\u0085",
    "\u00a0",
    "\u2028",
    "a\u2028b",
    "\u2029",
    "\ufeff",
    "\ufeffa",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udc00a",
    "📚",
    "épreuve",
    "書店",
  ],
];

/** Strings that stay readable, without quotes. */
const plainStrings = [
  ...[
    "catalogue",
    "bookshop-dev",
    "apps/v1",
    "app.kubernetes.io/name",
    "registry.example.com:5000/bookshop/catalogue:1.4.2",
    "http://x/y?a=b",
  ],
  ...[
    "250m",
    "64Mi",
    "2Gi",
    "10Ki",
    "50%",
    "30s",
    "250ms",
    "7h",
    "1.29.3",
    "10.0.0.1",
    "1.2.3-rc.1",
    "_underscore",
    "/healthz",
    "ReadWriteOnce",
  ],
];

/** Texts of several lines that become literal blocks. */
const literals: readonly (readonly [string, string])[] = [
  ["server.port=8080\nname=catalogue", "|-\n    server.port=8080\n    name=catalogue"],
  ["server.port=8080\nname=catalogue\n", "|\n    server.port=8080\n    name=catalogue"],
  ["server.port=8080\n\n\n", "|+\n    server.port=8080\n\n"],
  ["a:\n  b: 1\n\n  # comment\n---\n...\n\tindented\n", "|\n    a:\n      b: 1\n\n      # comment\n    ---\n    ...\n    \tindented"],
  ["if a; then\n\techo 'x'\nfi\n", "|\n    if a; then\n    \techo 'x'\n    fi"],
];

/** Texts of several lines that a literal block would not give back. */
const quotedTexts = [
  "a\r\nb\r\n",
  " a\nb",
  "\ta\nb",
  "\na",
  "a \nb",
  "a\t\nb",
  "a\nb ",
  "a\nb\t",
  "a\n\u0000",
  "a\n\u0085",
  "a\n\u2028",
  "a\n📚",
  "\n",
  "a\n \nb",
];

const readers: readonly (readonly [string, (text: string) => unknown])[] = [
  ["yaml 1.1", (text) => parse(text, { version: "1.1", maxAliasCount: 0 }) as unknown],
  ["yaml 1.2", (text) => parse(text, { version: "1.2", maxAliasCount: 0 }) as unknown],
  ...jsYamlReaders(),
];

function configMap(data: unknown): KubernetesObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "catalogue" }, data };
}

/** Compared as JSON, which tells types and the order of keys apart, and takes keys like `constructor` for what they are. */
function expectReadBack(yaml: string, document: KubernetesObject): void {
  for (const [, read] of readers) expect(JSON.stringify(read(yaml))).toBe(JSON.stringify(document));
}

/** js-yaml comes with jest, if at all. */
function jsYamlReaders(): readonly (readonly [string, (text: string) => unknown])[] {
  try {
    const jsYaml = createRequire(import.meta.url)("js-yaml") as Record<string, ((text: string) => unknown) | undefined>;
    const load = jsYaml.safeLoad ?? jsYaml.load;
    return load === undefined ? [] : [["js-yaml", load]];
  } catch {
    return [];
  }
}

/** Data of any shape, with strings that hurt as values and keys. */
const hostileData = fc.letrec((tie) => ({
  text: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...nastyStrings, ...plainStrings) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...nastyStrings), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("\n")) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...nastyStrings, " ", ":", "#"), { maxLength: 4 }).map((parts) => parts.join("")) },
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.string({ maxLength: 80 }),
  ),
  scalar: fc.oneof(
    { weight: 4, arbitrary: tie("text") },
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  ),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie("scalar"),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(tie("text") as fc.Arbitrary<string>, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

describe("a whole object", () => {
  test("is written in block style, lists level with their key, keys in the given order, one newline at the end", () => {
    const document = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "catalogue", labels: {}, finalizers: [] },
      spec: {
        replicas: 2,
        paused: false,
        args: ["--port", "8080"],
        containers: [{ name: "catalogue", env: [{ name: "PORT", value: "8080" }], tty: true }, {}, []],
        matrix: [
          [1, 2],
          [["deep"], { key: [3] }],
        ],
      },
    };
    expect(emitYaml(document)).toBe(
      `apiVersion: apps/v1
kind: Deployment
metadata:
  name: catalogue
  labels: {}
  finalizers: []
spec:
  replicas: 2
  paused: false
  args:
  - "--port"
  - "8080"
  containers:
  - name: catalogue
    env:
    - name: PORT
      value: "8080"
    tty: true
  - {}
  - []
  matrix:
  - - 1
    - 2
  - - - deep
    - key:
      - 3
`,
    );
  });
});

describe("a string", () => {
  test.each(plainStrings)("%j stays plain", (text) => {
    expect(emitYaml(configMap({ text }))).toContain(`  text: ${text}\n`);
  });

  test.each(nastyStrings)("%j is read back by every reader, as a value, an item and a key", (text) => {
    const data: Record<string, unknown> = Object.fromEntries<unknown>([
      ["value", text],
      ["items", [text, [text]]],
      ["keys", Object.fromEntries([[text, { [`${text}x`]: text }]])],
    ]);
    const yaml = emitYaml(configMap(data));
    expectReadBack(yaml, configMap(data));
  });

  test.each([
    "E0",
    "y",
    "No",
    "ON",
    "null",
    "~",
    "017",
    "1_000",
    "1e3",
    "12:30:45",
    "2001-01-01",
    "=",
    "<<",
    "",
    "8080",
    "1.5",
    "0 9 * * 1-4",
  ])("%j is quoted, as a value and as a key", (text) => {
    expect(emitYaml(configMap({ text }))).toContain(`  text: ${JSON.stringify(text)}\n`);
    expect(emitYaml(configMap({ [text]: "x" }))).toContain(`  ${JSON.stringify(text)}: x\n`);
  });

  test.each([
    ["\u0085", "\\u0085"],
    ["\u007f", "\\u007f"],
    ["\u2028", "\\u2028"],
    ["\u2029", "\\u2029"],
    ["\ufeff", "\\ufeff"],
    ["\ufffe", "\\ufffe"],
    ["\uffff", "\\uffff"],
    ["\ud800", "\\ud800"],
    ["\t", "\\t"],
  ])("has %j escaped", (character, escape) => {
    expect(emitYaml(configMap({ text: `a${character}b` }))).toContain(`  text: "a${escape}b"\n`);
  });

  test.each(literals)("%j of several lines is a literal block", (text, block) => {
    const yaml = emitYaml(configMap({ text, next: "x" }));
    expect(yaml).toContain(`  text: ${block}\n  next: x\n`);
    expectReadBack(yaml, configMap({ text, next: "x" }));
  });

  test.each(literals)("%j as an item and at the end of the file is read back", (text) => {
    const yaml = emitYaml(configMap({ items: [text, [text], { text }], text }));
    expectReadBack(yaml, configMap({ items: [text, [text], { text }], text }));
  });

  test.each(quotedTexts)("%j of several lines is quoted", (text) => {
    const yaml = emitYaml(configMap({ text }));
    expect(yaml).toContain(`  text: ${JSON.stringify(text).replace("\u0085", "\\u0085").replace("\u2028", "\\u2028")}\n`);
    expectReadBack(yaml, configMap({ text }));
  });

  test("of several lines is a literal block also where the same text was a key before", () => {
    expect(emitYaml(configMap({ "a\nb": "a\nb" }))).toContain('  "a\\nb": |-\n    a\n    b\n');
  });
});

describe("a key", () => {
  test("that is longer than YAML reads before a colon is read back, whatever its value", () => {
    for (const value of ["x", "a\nb\n", [1, [2]], { deep: true }, {}, []] as const) {
      const data: Record<string, unknown> = { ["k".repeat(1100)]: value, items: [{ [":".repeat(1100)]: value, next: 1 }] };
      const yaml = emitYaml(configMap(data));
      expectReadBack(yaml, configMap(data));
    }
  });
});

describe("a number", () => {
  test.each([
    [0, "0"],
    [-0, "0"],
    [-7, "-7"],
    [0.25, "0.25"],
    [1e21, "1.0e+21"],
    [5e-324, "5.0e-324"],
    [1.5e300, "1.5e+300"],
  ])("%d is written as %s, which YAML 1.1 takes for a number too", (number, text) => {
    expect(emitYaml(configMap({ number }))).toContain(`  number: ${text}\n`);
  });

  test.each([NaN, Infinity, -Infinity])("that is %d throws", (number) => {
    expect(() => emitYaml(configMap({ number }))).toThrow(`YAML has no portable value for ${number} at 'number:'`);
  });
});

describe("what YAML has no value for", () => {
  test.each<readonly [string, unknown]>([
    ["null", null],
    ["undefined", undefined],
    ["function", () => 1],
    ["bigint", 1n],
    ["symbol", Symbol("catalogue")],
  ])("throws: %s", (name, value) => {
    expect(() => emitYaml(configMap({ value }))).toThrow(`YAML has no value for ${name} at 'value:'`);
    expect(() => emitYaml(configMap([value]))).toThrow(`YAML has no value for ${name} at '-'`);
  });
});

describe("any data", () => {
  test.each(readers)("is read back equal by %s", (_, read) => {
    fc.assert(
      fc.property(hostileData, (data) => {
        expect(JSON.stringify(read(emitYaml(configMap(data))))).toBe(JSON.stringify(configMap(data)));
      }),
      { numRuns: 1500 },
    );
  });

  test("gives the same bytes a second time, and after the cache of spellings was emptied", () => {
    const document = configMap(Object.fromEntries(nastyStrings.map((text, index) => [`key${index}`, [text, { [`${text} `]: text }]])));
    const first = emitYaml(document);
    emitYaml(configMap(Array.from({ length: 25_000 }, (_, index) => `title-${index}`)));
    expect(emitYaml(document)).toBe(first);
    expect(emitYaml(structuredClone(document))).toBe(first);
  });
});
