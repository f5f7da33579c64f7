import { describe, expect, test } from "@jest/globals";
import { givenUntil, shownUntil } from "../../lib/cli/given-until.ts";
import { caught } from "../support/caught.ts";

const now = new Date("2026-11-30T12:00:00.500Z");

describe("givenUntil", () => {
  test.each([
    ["2026-12-01", "2026-12-01T23:59:59Z"],
    ["2026-11-30", "2026-11-30T23:59:59Z"],
    ["2026-12-01T18:00:00Z", "2026-12-01T18:00:00Z"],
    ["2026-12-01T18:00:00.7+01:00", "2026-12-01T17:00:00Z"],
    ["2026-12-01T18:00-05:30", "2026-12-01T23:30:00Z"],
  ])("takes '%s' for %s", (text, expected) => {
    expect(givenUntil("--until", text, now)).toBe(expected);
  });

  test.each(["tomorrow", "2026-02-29", "2026-02-29T00:00:00Z", "2026-12-01T24:00:00Z", "2026-12-01T18:00:00", "2026-12-1", "12h", ""])(
    "is refused of '%s'",
    (text) => {
      expect(caught(() => givenUntil("--until", text, now))).toBe(
        `'--until ${text}' is neither a day nor an instant\nhint: write a day, which is meant to its end in UTC: 2026-12-01, or an instant: 2026-12-01T18:00:00+01:00`,
      );
    },
  );

  test.each(["2026-11-29", "2026-11-30T12:00:00Z", "2026-11-30T12:59:00+01:00"])("is refused of what is over: '%s'", (text) => {
    expect(caught(() => givenUntil("--hold-until", text, now))).toBe(
      `'--hold-until ${text}' is over already\nhint: give a day or an instant ahead`,
    );
  });
});

test("givenUntil is refused of this very instant", () => {
  const [text, instant] = ["2026-11-30T12:00:00Z", new Date("2026-11-30T12:00:00Z")];
  expect(caught(() => givenUntil("--until", text, instant))).toMatch(/ is over already/);
});

test("shownUntil is the day where something lasts to its end", () => {
  expect(shownUntil("2026-12-01T23:59:59Z")).toBe("2026-12-01");
  expect(shownUntil("2026-12-01T18:00:00Z")).toBe("2026-12-01T18:00:00Z");
});
