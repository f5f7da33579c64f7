import { describe, expect, test } from "@jest/globals";
import { requirePort } from "../../lib/traffic/port.ts";
import { caught } from "../support/caught.ts";

describe("requirePort", () => {
  test.each([1, 8080, 65535])("takes %d", (port) => {
    expect(requirePort("http route 'catalogue'", port)).toBe(port);
  });

  test.each([0, -1, 65536, 80.5, Number.NaN])("fails for %d", (port) => {
    expect(caught(() => requirePort("http route 'catalogue'", port))).toBe(
      `a port of http route 'catalogue' is not a port number: got ${port}\nhint: use a whole number from 1 to 65535`,
    );
  });
});
