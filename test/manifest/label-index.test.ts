import { describe, expect, test } from "@jest/globals";
import { LabelIndex } from "../../lib/manifest/label-index.ts";
import { matchesLabels, type Labels, type LabelSelector } from "../../lib/manifest/label-selector.ts";

const shelves: readonly (Labels | undefined)[] = [
  { genre: "crime", floor: "1" },
  { genre: "crime", floor: "2" },
  { genre: "poetry", floor: "2" },
  undefined,
];

describe("LabelIndex", () => {
  test.each<LabelSelector>([
    {},
    { matchLabels: { genre: "crime" } },
    { matchLabels: { genre: "crime", floor: "2" } },
    { matchLabels: { genre: "travel" } },
    { matchLabels: { floor: "2" }, matchExpressions: [{ key: "genre", operator: "In", values: ["poetry"] }] },
    { matchExpressions: [{ key: "genre", operator: "DoesNotExist" }] },
  ])("selects what comparing everything selects: %j", (selector) => {
    const index = new LabelIndex(
      () => shelves,
      (labels) => labels,
    );
    const expected = shelves.filter((labels = {}) => matchesLabels(selector, labels));
    expect(index.select("bookshop", selector)).toEqual(expected);
    expect(index.select("bookshop", selector)).toEqual(expected);
  });

  test.each<LabelSelector>([
    { matchLabels: { genre: "crime", "pod-index": "0" } },
    { matchLabels: { genre: "crime" }, matchExpressions: [{ key: "pod-index", operator: "In", values: ["0"] }] },
  ])("takes for met what is asked of labels that come later: %j", (selector) => {
    const index = new LabelIndex(
      () => shelves,
      (labels) => labels,
      new Set(["pod-index"]),
    );
    expect(index.select("bookshop", selector)).toEqual(shelves.slice(0, 2));
  });

  test("keeps places apart and asks for each once", () => {
    const asked: string[] = [];
    const index = new LabelIndex<Labels>(
      (place) => {
        asked.push(place);
        return [{ place }];
      },
      (labels) => labels,
    );
    expect(index.select("bookshop", { matchLabels: { place: "bookshop" } })).toEqual([{ place: "bookshop" }]);
    expect(index.select("library", { matchLabels: { place: "bookshop" } })).toEqual([]);
    expect(index.labelsIn("library")).toEqual([{ place: "library" }]);
    expect(asked).toEqual(["bookshop", "library"]);
  });

  test("looks at the rarest label alone, not at everything in the place", () => {
    let looked = 0;
    const many = Array.from({ length: 1000 }, (_, number) => ({ kind: "book", number: String(number) }));
    const index = new LabelIndex<Labels>(
      () => many,
      (labels) => {
        looked++;
        return labels;
      },
    );
    for (const labels of many) index.select("bookshop", { matchLabels: labels });
    // two labels are indexed once each, and every selector then looks at one candidate
    expect(looked).toBe(3000);
  });
});
