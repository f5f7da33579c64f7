import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { defaultRefreshInterval, requireRefreshInterval } from "../../lib/secrets/refresh-interval.ts";
import { caught } from "../support/caught.ts";

const where = "external secret 'card-terminal'";

describe("requireRefreshInterval", () => {
  test.each([defaultRefreshInterval, "1h30m0s", "15m0s", "1m5s", "30s", "0s", "100h0m1s"])("takes %s", (interval) => {
    expect(requireRefreshInterval(where, interval)).toBe(interval);
  });

  test.each([
    ["1h", "1h0m0s"],
    ["15m", "15m0s"],
    ["90m", "1h30m0s"],
    ["3600s", "1h0m0s"],
    ["1h30s", "1h0m30s"],
    ["01h0m0s", "1h0m0s"],
    ["0h", "0s"],
  ])("fails for %s and gives the canonical form", (interval, canonical) => {
    expect(caught(() => requireRefreshInterval(where, interval))).toBe(
      `the refresh interval of external secret 'card-terminal' is not a canonical Go duration: got '${interval}'\nhint: write '${canonical}'`,
    );
  });

  test.each(["", "1d", "hourly", "-1h0m0s", "1.5h", "30s1h"])("fails for '%s', which is no duration", (interval) => {
    expect(caught(() => requireRefreshInterval(where, interval))).toBe(
      `the refresh interval of external secret 'card-terminal' is not a canonical Go duration: got '${interval}'\n` +
        "hint: write hours, minutes and seconds, for example '1h0m0s' or '30s'",
    );
  });

  test("what the hint says is taken", () => {
    const part = fc.nat({ max: 5000 });
    fc.assert(
      fc.property(part, part, part, (h, m, s) => {
        const interval = `${h}h${m}m${s}s`;
        const [, advice] = /^hint: write '(.*)'$/m.exec(safely(interval)) ?? [];
        const canonical = advice ?? interval;
        expect(requireRefreshInterval(where, canonical)).toBe(canonical);
      }),
    );
  });
});

function safely(interval: string): string {
  try {
    return requireRefreshInterval(where, interval);
  } catch {
    return caught(() => requireRefreshInterval(where, interval));
  }
}
