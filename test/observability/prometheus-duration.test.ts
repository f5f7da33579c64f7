import { describe, expect, test } from "@jest/globals";
import { requirePrometheusDuration } from "../../lib/observability/prometheus-duration.ts";
import { caught } from "../support/caught.ts";

describe("requirePrometheusDuration", () => {
  test.each(["0", "30s", "5m", "1h30m", "1y2w3d4h5m6s7ms"])("takes %s", (duration) => {
    expect(requirePrometheusDuration("interval", duration)).toBe(duration);
  });

  test.each(["", "30", "half an hour", "30m1h", "1.5h"])("fails for '%s'", (duration) => {
    expect(caught(() => requirePrometheusDuration("interval of service monitor 'catalogue'", duration))).toBe(
      `the interval of service monitor 'catalogue' is not a duration: got '${duration}'\nhint: for example '30s', '5m' or '1h30m'`,
    );
  });
});
