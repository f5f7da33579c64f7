import { describe, expect, test } from "@jest/globals";
import { PodSecurityLevel } from "../../lib/definition/pod-security-level.ts";
import { caught } from "../support/caught.ts";

describe("PodSecurityLevel", () => {
  test("keeps the level and why it is not the strictest", () => {
    expect(PodSecurityLevel.restricted()).toMatchObject({ level: "restricted", reason: undefined });
    expect(PodSecurityLevel.baseline("the printer driver runs as root")).toMatchObject({
      level: "baseline",
      reason: "the printer driver runs as root",
    });
    expect(PodSecurityLevel.privileged("the scales are a device of the node")).toMatchObject({
      level: "privileged",
      reason: "the scales are a device of the node",
    });
  });

  test.each(["baseline", "privileged"] as const)("fails for %s without a reason", (level) => {
    expect(caught(() => PodSecurityLevel[level](" "))).toBe(
      `the Pod Security level '${level}' has no reason\nhint: say why the system cannot do with 'restricted'`,
    );
  });
});
