import { describe, expect, test } from "@jest/globals";
import { goDurationMilliseconds, requireGoDuration } from "../../lib/definition/go-duration.ts";
import { caught } from "../support/caught.ts";

describe("requireGoDuration", () => {
  test.each(["5s", "0s", "300ms", "1h30m", "1.5h", "2h45m30.5s", "48h"])("takes '%s' and gives it back", (duration) => {
    expect(requireGoDuration("opening hours", duration)).toBe(duration);
  });

  test.each(["", "5", "s", "5 s", " 5s", "5s\n", "-5s", "1d", "1h 30m", "5S", "1.h", "PT5S", "5 seconds"])("refuses '%s'", (duration) => {
    expect(caught(() => requireGoDuration("opening hours", duration))).toBe(
      `the opening hours '${duration}' is not a Go duration\nhint: for example '5s' or '1h30m'`,
    );
  });
});

describe("goDurationMilliseconds", () => {
  test.each([
    ["0s", 0],
    ["250ms", 250],
    ["90s", 90_000],
    ["1.5h", 5_400_000],
    ["1h30m5s10ms", 5_405_010],
  ])("%s", (duration, milliseconds) => {
    expect(goDurationMilliseconds("opening hours", duration)).toBe(milliseconds);
  });

  test("refuses what is none", () => {
    expect(caught(() => goDurationMilliseconds("opening hours", "soon"))).toMatch(/^the opening hours 'soon' is not a Go duration/);
  });
});
