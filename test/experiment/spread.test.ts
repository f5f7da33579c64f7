import { expect, test } from "@jest/globals";
import { spreadOf } from "../../lib/experiment/spread.ts";

test.each([
  [[4], { n: 1, median: 4, min: 4, max: 4 }],
  [[9, 1], { n: 2, median: 5, min: 1, max: 9 }],
  [[30, 2, 10], { n: 3, median: 10, min: 2, max: 30 }],
  [[10, 9, 2, 1], { n: 4, median: 5.5, min: 1, max: 10 }],
])("the spread of %p", (values, spread) => {
  expect(spreadOf(values)).toEqual(spread);
});

test("nothing has no spread", () => {
  expect(spreadOf([])).toBeUndefined();
});
