import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import type { Hold } from "../../lib/hold/hold.ts";
import { readHolds } from "../../lib/hold/holds.ts";
import { removeHold, writeHold } from "../../lib/hold/write-hold.ts";

const file = "environments/staging/holds.yaml";
const hold: Omit<Hold, "line"> = {
  target: "shop/order-service",
  until: "2026-12-01T00:00:00Z",
  by: "alice",
  reason: "rolled back to v1.1.0",
  ticket: "SHOP-77",
};

const lines = `# who waits for what
"*": { until: 2026-12-24T18:00:00Z, by: ada, reason: "peak" }

# the auditors
shop: { until: 2026-12-01T00:00:00Z, by: bob, reason: "audit" } # ask Bob
sms-stack: { until: 2026-12-02T00:00:00Z, by: eve, reason: "numbers move" }
`;

test("the first hold makes the file, the last one that goes takes it along", () => {
  const text = writeHold(undefined, file, hold);
  expect(text).toBe(
    "# written by `keelson hold`, one hold a line\n" +
      'shop/order-service: { until: 2026-12-01T00:00:00Z, by: alice, reason: "rolled back to v1.1.0", ticket: SHOP-77 }\n',
  );
  expect(removeHold(text, file, hold.target)).toBeUndefined();
  expect(removeHold(undefined, file, hold.target)).toBeUndefined();
});

test("a new hold has its place in the order of targets, and every other byte stays", () => {
  const own = 'shop/order-service: { until: 2026-12-01T00:00:00Z, by: alice, reason: "rolled back to v1.1.0", ticket: SHOP-77 }\n';
  expect(writeHold(lines, file, hold)).toBe(lines.replace("sms-stack:", `${own}sms-stack:`));
  expect(writeHold(lines.trimEnd(), file, { ...hold, target: "theatre", ticket: undefined })).toBe(
    `${lines}theatre: { until: 2026-12-01T00:00:00Z, by: alice, reason: "rolled back to v1.1.0" }\n`,
  );
  expect(writeHold(lines.replaceAll("\n", "\r\n"), file, hold)).toBe(
    lines.replace("sms-stack:", `${own}sms-stack:`).replaceAll("\n", "\r\n"),
  );
});

test("a hold that is there is replaced on its line, its comment kept", () => {
  expect(writeHold(lines, file, { ...hold, target: "shop", ticket: undefined })).toBe(
    lines.replace(/^shop: .* }/m, 'shop: { until: 2026-12-01T00:00:00Z, by: alice, reason: "rolled back to v1.1.0" }'),
  );
  expect(writeHold(lines, file, { ...hold, target: "*", ticket: undefined })).toContain('\n"*": { until: 2026-12-01T00:00:00Z, by: alice');
});

test("a hold goes with its line, and nothing else goes", () => {
  expect(removeHold(lines, file, "shop")).toBe(lines.replace(/^shop: .*\n/m, ""));
  expect(removeHold(lines.trimEnd(), file, "sms-stack")).toBe(lines.replace(/^sms-stack: .*\n/m, ""));
  expect(removeHold(lines, file, "remla")).toBe(lines);
});

test("a file that cannot be edited line by line is refused as it is", () => {
  for (const text of ["- shop\n", 'shop: { reason: "open\n', "shop: {}\nshop: {}\n"]) {
    expect(() => writeHold(text, file, { ...hold, target: "shop" })).toThrow(file);
    expect(() => removeHold(text, file, "shop")).toThrow(file);
  }
  expect(() => writeHold("shop:\n  by: ada\n", file, { ...hold, target: "shop" })).toThrow("the hold of 'shop' is not on one line");
});

test("whatever somebody says is read back, by this and by any other YAML reader", () => {
  const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).map((text) => text.replaceAll(/\s+/g, " ").trim());
  const said = fc.oneof(word, fc.constantFrom("null", "yes", "12", "# x", "a: b", "}", '"', "\\", "it's", "\u0085", "*"));
  fc.assert(
    fc.property(said, said, said, (by, reason, ticket) => {
      fc.pre([by, reason, ticket].every((text) => text !== ""));
      const text = writeHold(lines, file, { ...hold, by, reason, ticket });
      const { holds, issues } = readHolds(text, file);
      expect(issues).toEqual([]);
      expect(holds.get(hold.target)).toEqual({ ...hold, by, reason, ticket, line: 6 });
      expect(holds.size).toBe(4);
      const other = (parse(text, { schema: "core", version: "1.1" }) as Record<string, unknown>)[hold.target];
      expect(other).toMatchObject({ by, reason, ticket });
      expect(removeHold(text, file, hold.target)).toBe(lines);
      expect(writeHold(text, file, { ...hold, by, reason, ticket })).toBe(text);
    }),
  );
});
