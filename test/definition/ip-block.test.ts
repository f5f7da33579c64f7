import { describe, expect, test } from "@jest/globals";
import { IpBlock } from "../../lib/definition/ip-block.ts";

describe("IpBlock", () => {
  test.each([
    ["10.0.0.0/8", "10.1.2.0/24", true],
    ["10.0.0.0/8", "10.0.0.0/8", true],
    ["10.1.0.0/16", "10.0.0.0/8", false],
    ["10.0.0.0/8", "11.0.0.0/16", false],
    ["0.0.0.0/0", "192.168.0.1/32", true],
    ["fd00::/8", "fd12:3456::1/128", true],
    ["fd00::/8", "fe80::/10", false],
    ["1:2:3:4:5:6:7:8/128", "1:2:3:4:5:6:7:8/128", true],
    ["::/0", "10.0.0.0/8", false],
    ["::ffff:10.0.0.0/104", "::ffff:10.1.2.3/128", true],
  ])("%s contains %s: %s", (outer, inner, expected) => {
    const block = IpBlock.parse(inner);
    expect(block && IpBlock.parse(outer)?.contains(block)).toBe(expected);
  });

  test.each([
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0/8",
    "10.0.0.256/32",
    "010.0.0.0/8",
    "::ffff:10.0.0/104",
    "10.0.0.1::/64",
    "10.0.0.0/8/8",
    "fd00::/129",
    "1:2::3::4/64",
    "1:2:3/64",
    "12345::/16",
    "1:xyz::/16",
    "",
    8,
  ])("%j is no range", (text) => {
    expect(IpBlock.parse(text)).toBeUndefined();
  });
});
