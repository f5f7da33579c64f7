import { describe, expect, test } from "@jest/globals";
import { readKubernetesYaml } from "../../lib/validation/kubernetes-yaml.ts";

function valuesOf(text: string): unknown[] {
  const { values, problems } = readKubernetesYaml(text);
  expect(problems).toEqual([]);
  return values.map(({ value }) => value);
}

describe("readKubernetesYaml", () => {
  test("reads every document with the line on which it begins, and leaves out those that hold nothing", () => {
    const { values, problems } = readKubernetesYaml("# the shelf\n---\nkind: Shelf\n---\n---\n# nothing\n---\n\nkind: Till\n...\n");
    expect(problems).toEqual([]);
    expect(values).toEqual([
      { value: { kind: "Shelf" }, line: 3 },
      { value: { kind: "Till" }, line: 9 },
    ]);
  });

  test.each(["", "\n\n", "# nothing\n", "---\n---\n"])("finds nothing in %j", (text) => {
    expect(readKubernetesYaml(text)).toEqual({ values: [], problems: [] });
  });

  test("makes the items of a list documents, lists in lists too, each with its line", () => {
    const text = "kind: List\nitems:\n- kind: Shelf\n- kind: TillList\n  items:\n  - {kind: Till}\n";
    expect(readKubernetesYaml(text).values).toEqual([
      { value: { kind: "Shelf" }, line: 3 },
      { value: { kind: "Till" }, line: 6 },
    ]);
    expect(valuesOf("kind: List\nitems: []\n")).toEqual([]);
    expect(valuesOf("kind: ShoppingList\nitems: two\n")).toEqual([{ kind: "ShoppingList", items: "two" }]);
  });

  test("reads JSON, with tabs too", () => {
    expect(valuesOf('{\n\t"kind": "Shelf",\n\t"books": [1,\n\t\t2]\n}\n')).toEqual([{ kind: "Shelf", books: [1, 2] }]);
  });

  test.each([
    ["yes", true],
    ["off", false],
    ["0755", 493],
    ["0x1F", 31],
    ["1_000", 1000],
    ["12:30", "12:30"],
    ["12:30:45.5", "12:30:45.5"],
    ["2030-01-31", "2030-01-31"],
    ["2030-01-31T12:00:00Z", "2030-01-31T12:00:00Z"],
    ['"yes"', "yes"],
    ["1.5Gi", "1.5Gi"],
  ])("reads the scalar %s as Kubernetes does", (scalar, value) => {
    expect(valuesOf(`value: ${scalar}\n`)).toEqual([{ value }]);
  });

  test("leaves out fields that are null, at every depth", () => {
    expect(valuesOf("spec:\n  replicas: ~\n  strategy:\n    type:\nmetadata: {name: till}\n")).toEqual([
      { spec: { strategy: {} }, metadata: { name: "till" } },
    ]);
  });

  test("tells each key that stands twice, with its line, and takes the last", () => {
    const { values, problems } = readKubernetesYaml('kind: Shelf\n"kind": Till\nspec: {a: 1, a: 2}\n');
    expect(values).toEqual([{ value: { kind: "Till", spec: { a: 2 } }, line: 1 }]);
    const hint = "take one of the two out: only the last one counts";
    expect(problems).toEqual([
      { severity: "error", line: 2, message: "the key 'kind' stands twice in one map", hint },
      { severity: "error", line: 3, message: "the key 'a' stands twice in one map", hint },
    ]);
  });

  test("tells once what keeps a document from being read, and reads the others", () => {
    const { values, problems } = readKubernetesYaml("kind: Shelf\n---\nkind: a: b: c\n  d: [\n---\nkind: Till\n");
    expect(values.map(({ value }) => value)).toEqual([{ kind: "Shelf" }, { kind: "Till" }]);
    expect(problems).toEqual([
      { severity: "error", line: 3, message: "the text is no YAML: nested mappings are not allowed in compact mappings" },
    ]);
  });

  test.each(["|hunter2", "!hunter2", "*hunter2", "a\nhunter2", '"a" hunter2', "%TAG hunter2"])(
    "does not repeat what it stumbles over, which may be a secret: %j",
    (value) => {
      const { problems } = readKubernetesYaml(`kind: Secret\nkey: ${value}\n- b\n---\n%hunter2\n---\nkey: ${value}\n`);
      expect(problems.length).toBeGreaterThan(0);
      expect(JSON.stringify(problems)).not.toContain("hunter2");
    },
  );

  test("knows a template that nobody has rendered", () => {
    const { values, problems } = readKubernetesYaml("kind: Shelf\n{{- if .Values.till }}\nspec: {}\n{{- end }}\n");
    expect(values).toEqual([]);
    expect(problems).toMatchObject([
      { severity: "error", line: 2, hint: "it is a template: check what it renders, as in 'helm template . | keelson validate -'" },
    ]);
  });

  test("warns of an alias once in a document, and unfolds it", () => {
    const { values, problems } = readKubernetesYaml("one: &till {paper: 1}\ntwo: *till\nthree:\n  <<: *till\n  ink: 2\n");
    expect(values.map(({ value }) => value)).toEqual([{ one: { paper: 1 }, two: { paper: 1 }, three: { paper: 1, ink: 2 } }]);
    expect(problems).toEqual([
      {
        ...{ severity: "warning", line: 2, message: "an alias stands for what is written elsewhere" },
        hint: "write it out: who reviews this line does not see what it says",
      },
    ]);
  });

  test.each([
    ["of nothing", "one: *till\n", /unresolved alias/],
    [
      "without end",
      `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n`,
      /alias count/,
    ],
  ])("refuses an alias %s", (_title, text, message) => {
    const { values, problems } = readKubernetesYaml(text);
    expect(values).toEqual([]);
    expect(problems.filter(({ severity }) => severity === "error")).toMatchObject([{ message: expect.stringMatching(message) }]);
  });

  test("warns of a tag that Kubernetes does not know", () => {
    expect(readKubernetesYaml("till: !Ref shelf\n")).toEqual({
      values: [{ value: { till: "shelf" }, line: 1 }],
      problems: [{ severity: "warning", line: 1, message: "unresolved tag" }],
    });
  });
});
