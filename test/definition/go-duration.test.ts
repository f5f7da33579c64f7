import { describe, expect, test } from "@jest/globals";
import { requireGoDuration } from "../../lib/definition/go-duration.ts";
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
