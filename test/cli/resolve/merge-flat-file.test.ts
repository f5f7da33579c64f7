import { describe, expect, test } from "@jest/globals";
import { mergeFlatFile } from "../../../lib/cli/resolve/merge-flat-file.ts";
import { caught } from "../../support/caught.ts";

const base = "# what runs\nshop/a: x/a:1\nshop/b: x/b:1 # a note\n\n# from upstream\nshop/d: x/d:1\n";
const merge = (ours: string, theirs: string, before = base) => mergeFlatFile({ base: before, ours, theirs }, "images.yaml");

describe("what one side changed is taken from that side", () => {
  test.each([
    ["neighbouring keys", base.replace("a:1", "a:2"), base.replace("b:1", "b:2"), base.replace("a:1", "a:2").replace("b:1", "b:2")],
    ["the same on both sides", base.replace("a:1", "a:2"), base.replace("a:1", "a:2"), base.replace("a:1", "a:2")],
    [
      "a key removed, another changed",
      base.replace("shop/a: x/a:1\n", ""),
      base.replace("b:1", "b:2"),
      base.replace("shop/a: x/a:1\n", "").replace("b:1", "b:2"),
    ],
    [
      "a key removed there, another changed here",
      base.replace("b:1", "b:2"),
      base.replace("shop/a: x/a:1\n", ""),
      base.replace("shop/a: x/a:1\n", "").replace("b:1", "b:2"),
    ],
    [
      "new keys at one place",
      base.replace("\n\n", "\nshop/c: x/c:1\n\n"),
      base.replace("\n\n", "\nshop/bb: x/bb:1\n\n"),
      base.replace("\n\n", "\nshop/bb: x/bb:1\nshop/c: x/c:1\n\n"),
    ],
    ["a new first key", base, base.replace("shop/a:", "book/z: x/z:1\nshop/a:"), base.replace("shop/a:", "book/z: x/z:1\nshop/a:")],
    [
      "comments changed there",
      base.replace("a:1", "a:2"),
      base.replace("upstream", "elsewhere"),
      base.replace("a:1", "a:2").replace("upstream", "elsewhere"),
    ],
    ["an end without a newline", `${base}shop/e: x/e:1`, base.replace("a:1", "a:2"), `${base.replace("a:1", "a:2")}shop/e: x/e:1`],
  ])("%s", (_what, ours, theirs, wanted) => {
    expect(merge(ours, theirs)).toEqual({ text: wanted, conflicts: [] });
  });

  test("a container's key, and a registry with a port", () => {
    const [before, own] = ["shop/a:init: r:5000/a:1\nshop/b: r:5000/b:1\n", "shop/a:init: r:5000/a:2\nshop/b: r:5000/b:1\n"];
    expect(merge(own, before, before)).toEqual({ text: own, conflicts: [] });
  });

  test("holds, with their quoted keys and braces", () => {
    const [own, other] = [
      '"*": { until: 2026-12-01T00:00:00Z, by: alice, reason: "a: b" }\n',
      "shop: { until: 2026-12-02T00:00:00Z, by: bob, reason: c }\n",
    ];
    expect(merge(own, other, "")).toEqual({ text: own + other, conflicts: [] });
  });

  test("in files with line ends of Windows", () => {
    expect(merge("a/b: 1\r\nc/d: 1\r\n", "a/b: 1\r\nc/d: 1\r\ne/f: 1\r\n", "a/b: 1\r\nc/d: 1\r\n").text).toBe(
      "a/b: 1\r\nc/d: 1\r\ne/f: 1\r\n",
    );
  });
});

describe("what both sides changed is for people", () => {
  test("a key, each to something else, or removed and changed", () => {
    const ours = base.replace("a:1", "a:2").replace("shop/b: x/b:1 # a note\n", "");
    const theirs = base.replace("a:1", "a:3").replace("b:1", "b:2");
    expect(merge(ours, theirs).conflicts).toEqual([
      { key: "shop/a", ours: "x/a:2", theirs: "x/a:3" },
      { key: "shop/b", ours: undefined, theirs: "x/b:2 # a note" },
    ]);
    expect(merge(ours, theirs).text).toContain(
      "<<<<<<< HEAD\nshop/a: x/a:2\n=======\nshop/a: x/a:3\n>>>>>>> the other side\n" +
        "<<<<<<< HEAD\n=======\nshop/b: x/b:2 # a note\n>>>>>>> the other side\n",
    );
  });

  test("a key that both made", () => {
    expect(merge("shop/a: x/a:1\n", "shop/a: x/a:2\n", "").conflicts).toEqual([{ key: "shop/a", ours: "x/a:1", theirs: "x/a:2" }]);
  });

  test("comments, a key that stands twice, and lines of another kind", () => {
    expect(caught(() => merge(base.replace("upstream", "here"), base.replace("upstream", "there")))).toMatch(
      /^both sides changed comments in images\.yaml\n/,
    );
    expect(caught(() => merge(`${base}shop/a: x/a:9\n`, base))).toMatch(/^'shop\/a' stands twice in images\.yaml\n/);
    expect(caught(() => merge(`${base}shop/e:\n  - x\n`, base))).toMatch(
      /^images\.yaml has a line that is no '<key>: <value>': 'shop\/e:'\n/,
    );
  });
});
