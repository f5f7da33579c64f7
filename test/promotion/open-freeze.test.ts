import { expect, test } from "@jest/globals";
import { FreezePeriod } from "../../lib/definition/freeze-period.ts";
import { openFreeze } from "../../lib/promotion/open-freeze.ts";

const reason = "stocktaking";
const amsterdam = "Europe/Amsterdam";

/** When a freeze that is on ends. */
function endAt(freeze: FreezePeriod, now: string): string | undefined {
  return openFreeze({ promotion: { freezes: [freeze] } }, now)?.until;
}

const turnOfYear = FreezePeriod.between({ from: "2026-12-20", until: "2027-01-03", timeZone: amsterdam, reason });
const everyYear = FreezePeriod.recurring({ schedule: "0 0 20 12 *", duration: "336h", timeZone: amsterdam, reason });

test.each([
  ["the last second before", "2026-12-19T22:59:59Z", undefined],
  ["its first instant", "2026-12-19T23:00:00Z", "2027-01-02T23:00:00Z"],
  ["its last second", "2027-01-02T22:59:59Z", "2027-01-02T23:00:00Z"],
  ["its end", "2027-01-02T23:00:00Z", undefined],
])("days are those of the time zone: %s", (_, now, until) => {
  expect(endAt(turnOfYear, now)).toBe(until);
});

test.each([
  ["the last second before", "2026-12-19T22:59:59Z", undefined],
  ["its first instant", "2026-12-19T23:00:00Z", "2027-01-02T23:00:00Z"],
  ["the turn of the year", "2027-01-01T00:00:00.5Z", "2027-01-02T23:00:00Z"],
  ["its last second", "2027-01-02T22:59:59Z", "2027-01-02T23:00:00Z"],
  ["its end", "2027-01-02T23:00:00Z", undefined],
  ["a year later", "2027-12-24T12:00:00Z", "2028-01-02T23:00:00Z"],
])("a schedule comes again: %s", (_, now, until) => {
  expect(endAt(everyYear, now)).toBe(until);
});

// clocks go from 02:00 to 03:00 on 29 March 2026 at 01:00 UTC, and from 03:00 to 02:00 on 25 October 2026 at 01:00 UTC
test.each([
  ["begins in the hour that is skipped: then an hour later", { from: "2026-03-29T02:30", until: "2026-03-29T05:00" }, "01:29", "01:30"],
  ["ends in the hour that is skipped: then an hour later", { from: "2026-03-29T01:00", until: "2026-03-29T02:30" }, "01:30", "01:29"],
  ["the hours after the skip are summer's", { from: "2026-03-29T04:00", until: "2026-03-29T05:00" }, "01:59", "02:00"],
])("clocks go forward: a period that %s", (_, days, off, on) => {
  const freeze = FreezePeriod.between({ ...days, timeZone: amsterdam, reason });
  expect(endAt(freeze, `2026-03-29T${off}:00Z`)).toBeUndefined();
  expect(endAt(freeze, `2026-03-29T${on}:00Z`)).toBeDefined();
});

test.each([
  ["begins in the hour that comes twice: at the first", { from: "2026-10-25T02:30", until: "2026-10-25T05:00" }, "00:29", "00:30"],
  ["ends in the hour that comes twice: at the first", { from: "2026-10-25T01:00", until: "2026-10-25T02:30" }, "00:30", "00:29"],
])("clocks go back: a period that %s", (_, days, off, on) => {
  const freeze = FreezePeriod.between({ ...days, timeZone: amsterdam, reason });
  expect(endAt(freeze, `2026-10-25T${off}:00Z`)).toBeUndefined();
  expect(endAt(freeze, `2026-10-25T${on}:00Z`)).toBeDefined();
});

test.each([
  ["02:30 every night, skipped once: not before 03:00", "30 2 * * *", "1h", "2026-03-29T00:59:59Z", undefined],
  ["02:30 every night, skipped once: at 03:00", "30 2 * * *", "1h", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"],
  ["two times a day, one of them skipped: at 03:00", "30 2,14 * * *", "1h", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"],
  ["02:30 every night, twice there: the first", "30 2 * * *", "30m", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z"],
  ["02:30 every night, twice there: not the second", "30 2 * * *", "30m", "2026-10-25T01:30:00Z", undefined],
  ["eight hours from 22:00 on are eight, forward", "0 22 * * 6", "8h", "2026-03-29T04:59:59Z", "2026-03-29T05:00:00Z"],
  ["eight hours from 22:00 on are eight, back", "0 22 * * 6", "8h", "2026-10-25T03:59:59Z", "2026-10-25T04:00:00Z"],
  ["and no more, back", "0 22 * * 6", "8h", "2026-10-25T04:00:00Z", undefined],
])("over a change of clocks, %s", (_, schedule, duration, now, until) => {
  expect(endAt(FreezePeriod.recurring({ schedule, duration, timeZone: amsterdam, reason }), now)).toBe(until);
});

test("without a time zone it is UTC", () => {
  const freeze = FreezePeriod.between({ from: "2026-12-20", until: "2026-12-21", reason });
  expect([freeze.timeZone, endAt(freeze, "2026-12-20T00:00:00Z")]).toEqual(["UTC", "2026-12-21T00:00:00Z"]);
});

test("of several that are on, the one that ends last is told; without any there is none", () => {
  const short = FreezePeriod.between({ from: "2026-12-24", until: "2026-12-27", reason: "the holidays" });
  const open = openFreeze({ promotion: { freezes: [short, turnOfYear] } }, "2026-12-25T00:00:00Z");
  expect(open).toEqual({ freeze: turnOfYear, until: "2027-01-02T23:00:00Z" });
  expect(openFreeze({}, "2026-12-25T00:00:00Z")).toBeUndefined();
});

test("a period that begins again before it has ended goes on", () => {
  const weekdays = FreezePeriod.recurring({ schedule: "0 0 * * 1-5", duration: "24h", reason });
  expect(endAt(weekdays, "2026-11-17T12:00:00Z")).toBe("2026-11-21T00:00:00Z");
});

test("a schedule that leaves no gap is always on, and is not looked at for ever", () => {
  const always = FreezePeriod.recurring({ schedule: "* * * * *", duration: "1m", reason });
  expect(endAt(always, "2026-11-17T12:00:30Z")).toBeDefined();
});
