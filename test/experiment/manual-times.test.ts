import { describe, expect, test } from "@jest/globals";
import { readManualTimes } from "../../lib/experiment/manual-times.ts";
import { caught } from "../support/caught.ts";

describe("readManualTimes", () => {
  test("adds up noticing, finding and re-applying", () => {
    const text = "trial,notice_seconds,find_seconds,reapply_seconds\n1,95,40.5,12\n2,180,31,9\n";
    expect(readManualTimes(text, "by-hand.csv")).toEqual([
      { trial: "1", totalSeconds: 147.5 },
      { trial: "2", totalSeconds: 220 },
    ]);
  });

  test("takes totals alone, in any order of columns, with remarks, empty lines and Windows line ends", () => {
    const text = "\uFEFF# on call, week 12\r\ntotal_seconds, trial\r\n\r\n300, Monday\r\n# Tuesday was a holiday\r\n240.5, Wednesday\r\n";
    expect(readManualTimes(text, "by-hand.csv")).toEqual([
      { trial: "Monday", totalSeconds: 300 },
      { trial: "Wednesday", totalSeconds: 240.5 },
    ]);
  });

  test.each([
    ["", "'by-hand.csv' is empty"],
    ["trial,seconds\n1,2\n", "'by-hand.csv' line 1: there is no column 'seconds'"],
    ["trial,notice_seconds\n1,2\n", "'by-hand.csv' line 1: columns are missing, got 'trial,notice_seconds'"],
    ["total_seconds\n2\n", "'by-hand.csv' line 1: columns are missing, got 'total_seconds'"],
    ["trial,total_seconds,trial\n1,2,1\n", "'by-hand.csv' line 1: the column 'trial' stands twice"],
    ["trial,total_seconds\n", "'by-hand.csv' holds no trial"],
    ["trial,total_seconds\n1,20\n2\n", "'by-hand.csv' line 3: 2 values are wanted, got 1: '2'"],
    ["trial,total_seconds\n# a remark\n1,two\n", "'by-hand.csv' line 3: 'total_seconds' is not a number of seconds, got 'two'"],
    ["trial,total_seconds\n1,-4\n", "'by-hand.csv' line 2: 'total_seconds' is not a number of seconds, got '-4'"],
    ["trial,total_seconds\n1,\n", "'by-hand.csv' line 2: 'total_seconds' is not a number of seconds, got ''"],
    ["trial,total_seconds\n,5\n", "'by-hand.csv' line 2: the trial has no name"],
    ["trial,total_seconds\n1,5\n1,6\n", "'by-hand.csv' line 3: the trial '1' stands on line 2 already"],
    [
      "trial,notice_seconds,find_seconds,reapply_seconds,total_seconds\n1,1,2,3,9\n",
      "'by-hand.csv' line 2: the total 9 is not the sum of its parts, 6",
    ],
  ])("refuses %j", (text, message) => {
    expect(caught(() => readManualTimes(text, "by-hand.csv")).split("\n")[0]).toBe(message);
  });
});
