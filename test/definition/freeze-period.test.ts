import { expect, test } from "@jest/globals";
import { FreezePeriod } from "../../lib/definition/freeze-period.ts";

const [from, until, reason] = ["2026-12-20", "2027-01-03", "stocktaking"];
const [schedule, duration] = ["0 0 20 12 *", "336h"];

test("keeps what its author said", () => {
  expect(FreezePeriod.between({ from, until, timeZone: "Europe/Amsterdam", reason })).toMatchObject({
    when: { from, until },
    timeZone: "Europe/Amsterdam",
    reason,
  });
  expect(FreezePeriod.recurring({ schedule, duration, reason })).toMatchObject({ when: { schedule, duration }, timeZone: "UTC" });
});

test.each([
  [{ from: "2026-02-30" }, "a freeze period is given '2026-02-30', which is no day or minute"],
  [{ from: "2026-13-01" }, "a freeze period is given '2026-13-01', which is no day or minute"],
  [{ from: "20 December" }, "a freeze period is given '20 December', which is no day or minute"],
  [{ from: "2026-12-20T24:00" }, "a freeze period is given '2026-12-20T24:00', which is no day or minute"],
  [{ until: "2027-01-03T00:00:00Z" }, "a freeze period is given '2027-01-03T00:00:00Z', which is no day or minute"],
  [{ until: from }, "a freeze period ends at '2026-12-20', which is not after its beginning '2026-12-20'"],
  [{ until: "2026-12-19T23:59" }, "a freeze period ends at '2026-12-19T23:59', which is not after its beginning '2026-12-20'"],
  [{ timeZone: "Europe/Amsterdm" }, "a freeze period's time zone 'Europe/Amsterdm' does not exist"],
  [{ timeZone: "" }, "a freeze period's time zone '' does not exist"],
  [{ reason: " " }, "a freeze period has no reason"],
])("refuses days %j", (wrong, message) => {
  expect(() => FreezePeriod.between({ from, until, reason, ...wrong })).toThrow(message);
});

test.each([
  [{ schedule: "0 0 20 12" }, "a freeze period's schedule '0 0 20 12' is not five cron fields"],
  [{ schedule: "0 0 0 20 12 *" }, "a freeze period's schedule '0 0 0 20 12 *' is not five cron fields"],
  [{ schedule: "0 0 32 12 *" }, "a freeze period's schedule '0 0 32 12 *' is not five cron fields"],
  [{ schedule: "@yearly" }, "a freeze period's schedule '@yearly' is not five cron fields"],
  [{ schedule: "2026-12-20" }, "a freeze period's schedule '2026-12-20' is not five cron fields"],
  [{ schedule: "0 0 30 2 *" }, "a freeze period's schedule '0 0 30 2 *' never comes"],
  [{ duration: "14d" }, "the freeze period's duration '14d' is not a Go duration"],
  [{ timeZone: "Mars/Olympus" }, "a freeze period's time zone 'Mars/Olympus' does not exist"],
  [{ reason: "" }, "a freeze period has no reason"],
])("refuses a schedule %j", (wrong, message) => {
  expect(() => FreezePeriod.recurring({ schedule, duration, reason, ...wrong })).toThrow(message);
});
