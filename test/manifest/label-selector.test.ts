import { describe, expect, test } from "@jest/globals";
import { isEmptySelector, matchesLabels, type LabelSelector } from "../../lib/manifest/label-selector.ts";

const labels = { name: "catalogue", track: "stable" };
const expression = (key: string, operator: string, ...values: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, values }],
});

describe("matchesLabels", () => {
  test.each<[string, LabelSelector, boolean]>([
    ["an empty selector", {}, true],
    ["all labels", { matchLabels: { name: "catalogue", track: "stable" } }, true],
    ["one other value", { matchLabels: { name: "catalogue", track: "canary" } }, false],
    ["a missing key", { matchLabels: { tier: "web" } }, false],
    ["In", expression("track", "In", "canary", "stable"), true],
    ["In, another", expression("track", "In", "canary"), false],
    ["In, a missing key", expression("tier", "In", "web"), false],
    ["NotIn", expression("track", "NotIn", "canary"), true],
    ["NotIn, that one", expression("track", "NotIn", "stable"), false],
    ["NotIn, a missing key", expression("tier", "NotIn", "web"), true],
    ["Exists", expression("track", "Exists"), true],
    ["Exists, a missing key", expression("tier", "Exists"), false],
    ["DoesNotExist", expression("tier", "DoesNotExist"), true],
    ["DoesNotExist, a key that exists", expression("track", "DoesNotExist"), false],
    ["an operator that there is not", expression("track", "Like", "stable"), false],
    [
      "labels that match and an expression that does not",
      { matchLabels: { name: "catalogue" }, ...expression("track", "In", "canary") },
      false,
    ],
  ])("%s", (_title, selector, expected) => {
    expect(matchesLabels(selector, labels)).toBe(expected);
  });
});

test.each<[LabelSelector, boolean]>([
  [{}, true],
  [{ matchLabels: {}, matchExpressions: [] }, true],
  [{ matchLabels: labels }, false],
  [expression("tier", "Exists"), false],
])("isEmptySelector of %j is %s", (selector, expected) => {
  expect(isEmptySelector(selector)).toBe(expected);
});
