import { expect, test } from "@jest/globals";
import { holdOn } from "../../lib/hold/hold.ts";
import { readHolds } from "../../lib/hold/holds.ts";

const file = "environments/staging/holds.yaml";

function mistakesIn(text: string): string[] {
  return readHolds(text, file).issues.map(({ message, position }) => `${String(position?.line)}: ${message}`);
}

test("an environment without the file has no holds", () => {
  expect(readHolds(undefined, file)).toEqual({ file, holds: new Map(), issues: [] });
  expect(readHolds("# nothing is held\n", file).issues).toEqual([]);
});

test("a line is a hold of a service, a system or the whole environment", () => {
  const { holds, issues } = readHolds(
    [
      "# who waits for what",
      '"*": { until: 2026-12-24T18:00:00Z, by: "Ada, on call", reason: "peak: hands off" }',
      'shop: { reason: "audit", by: bob, until: "2026-12-01T00:00:00Z" } # until the auditors are gone',
      'shop/order-service: { until: 2026-12-01T23:59:59Z, by: alice, reason: "rolled back to v1.1.0", ticket: SHOP-77 }',
    ].join("\n"),
    file,
  );
  expect(issues).toEqual([]);
  expect([...holds.values()]).toEqual([
    { target: "*", until: "2026-12-24T18:00:00Z", by: "Ada, on call", reason: "peak: hands off", ticket: undefined, line: 2 },
    { target: "shop", until: "2026-12-01T00:00:00Z", by: "bob", reason: "audit", ticket: undefined, line: 3 },
    {
      target: "shop/order-service",
      until: "2026-12-01T23:59:59Z",
      by: "alice",
      reason: "rolled back to v1.1.0",
      ticket: "SHOP-77",
      line: 4,
    },
  ]);
});

test("every mistake of every line is told, with the line", () => {
  expect(
    mistakesIn(
      [
        'shop: { until: tomorrow, reason: "", by: alice, untill: 2026-12-01T00:00:00Z }',
        "shop/cart: {}",
        "Shop/Cart: { }",
        'shop/frontend: { until: 2026-02-29T00:00:00Z, by: alice, reason: "a leap day that is none", by: bob }',
        'shop/frontend: { until: 2026-02-28T24:00:00Z, by: [alice], reason: "an hour that is none" }',
        "sms-stack: 2026-12-01T00:00:00Z",
        'remla: { until: 2026-12-01T00:00:00Z, by: alice, reason: "one" }',
        'remla: { until: 2026-12-02T00:00:00Z, by: alice, reason: "two" }',
        "mlops:",
        "  until: 2026-12-02T00:00:00Z",
      ].join("\n"),
    ),
  ).toEqual([
    "1: the hold of 'shop' has no text for 'reason'",
    "1: the hold of 'shop' has 'untill', which no hold has",
    "1: the hold of 'shop' ends at 'tomorrow', which is no instant in UTC",
    "2: the hold of 'shop/cart' has no 'until'",
    "2: the hold of 'shop/cart' has no 'by'",
    "2: the hold of 'shop/cart' has no 'reason'",
    "3: 'Shop/Cart' is not the target of a hold",
    "4: the hold of 'shop/frontend' has 'by' twice",
    "4: the hold of 'shop/frontend' ends at '2026-02-29T00:00:00Z', which is no instant in UTC",
    "5: the hold of 'shop/frontend' has no text for 'by'",
    "5: the hold of 'shop/frontend' ends at '2026-02-28T24:00:00Z', which is no instant in UTC",
    "6: the hold of 'sms-stack' is not one map on the target's line",
    "8: the hold of 'remla' stands twice, first on line 7",
    "9: the hold of 'mlops' is not one map on the target's line",
  ]);
});

test("a file that is no map of holds, or no YAML, holds nothing and says so", () => {
  expect(mistakesIn("- shop\n")).toEqual(["1: the file is not a map of holds"]);
  expect(mistakesIn("{ shop: {} }\n")).toEqual(["1: the file is not a map of holds"]);
  expect(mistakesIn('\nshop: { reason: "open }\n')[0]).toBe('3: not YAML: Missing closing "quote');
});

test("a service is held by its own hold, else its system's, else the environment's, to the last second", () => {
  const { holds } = readHolds(
    [
      '"*": { until: 2026-12-03T00:00:00Z, by: ada, reason: "all" }',
      'shop: { until: 2026-12-02T00:00:00Z, by: ada, reason: "system" }',
      'shop/cart: { until: 2026-12-01T23:59:59Z, by: ada, reason: "service" }',
    ].join("\n"),
    file,
  );
  const reasonAt = (now: string, system = "shop", service = "cart"): string | undefined =>
    holdOn(holds.values(), system, service, now)?.reason;
  expect(reasonAt("2026-12-01T23:59:59.999Z")).toBe("service");
  expect(reasonAt("2026-12-02T00:00:00.000Z")).toBe("system");
  expect(reasonAt("2026-12-02T00:00:01Z")).toBe("all");
  expect(reasonAt("2026-12-03T00:00:01.000Z")).toBeUndefined();
  expect(reasonAt("2026-12-01T00:00:00Z", "shop", "frontend")).toBe("system");
  expect(reasonAt("2026-12-01T00:00:00Z", "remla", "cart")).toBe("all");
});
