import { describe, expect, test } from "@jest/globals";
import { waiverDays } from "../../lib/cli/waiver-days.ts";
import { caught } from "../support/caught.ts";

const now = new Date("2027-02-10T23:30:00-05:00");

describe("waiverDays", () => {
  test("are the day in UTC, and the one thirty days later", () => {
    expect(waiverDays(now)).toEqual({ today: "2027-02-11", soon: "2027-03-13" });
  });

  test("are counted from another day where one is given", () => {
    expect(waiverDays(now, "2027-12-31")).toEqual({ today: "2027-12-31", soon: "2028-01-30" });
  });

  test.each(["2027-02-30", "2027-2-3", "tomorrow", "", "2027-06-30T00:00:00Z"])("are refused of '%s'", (date) => {
    expect(caught(() => waiverDays(now, date))).toBe(`'--date ${date}' is no day\nhint: write it as '2027-06-30'`);
  });
});
