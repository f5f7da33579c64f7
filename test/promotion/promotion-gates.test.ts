import { describe, expect, test } from "@jest/globals";
import { type EnvironmentPolicy, SyncMode } from "../../lib/definition/environment-policy.ts";
import { FreezePeriod } from "../../lib/definition/freeze-period.ts";
import type { PromotionPolicy } from "../../lib/definition/promotion-policy.ts";
import type { PinEvidence } from "../../lib/evidence/pin-evidence.ts";
import type { Hold } from "../../lib/hold/hold.ts";
import { type Gate, type GatedService, promotionGates } from "../../lib/promotion/promotion-gates.ts";

const now = "2026-12-22T09:00:00Z";

function policy(promotion?: PromotionPolicy): EnvironmentPolicy {
  return {
    sync: SyncMode.manual(),
    approval: "promotion",
    images: { tag: "any", digest: "required" },
    ...(promotion && { promotion }),
  };
}

function service(promotion?: PromotionPolicy, more: Partial<GatedService> = {}): GatedService {
  return {
    system: "shop",
    name: "shop/till",
    policy: policy(promotion),
    from: "staging",
    since: "2026-12-21T12:00:00Z",
    evidence: undefined,
    rolledBack: undefined,
    hold: undefined,
    ...more,
  };
}

function seen(evidence: Partial<PinEvidence>): PinEvidence {
  return { healthyAt: undefined, healthySince: undefined, degradedAt: undefined, ...evidence };
}

/** The only gate of a service. */
function gate(promotion: PromotionPolicy, more: Partial<GatedService> = {}): Omit<Gate, "name" | "of"> | undefined {
  const [only, ...others] = promotionGates([service(promotion, more)], now);
  expect(others).toEqual([]);
  if (only === undefined) return undefined;
  const { passed, reason, passesAt } = only;
  return { passed, reason, passesAt };
}

test("without a policy there is no gate", () => {
  expect(promotionGates([service(), service({ health: "ignored", freezes: [], approvals: 2 })], now)).toEqual([]);
});

describe("soak", () => {
  test.each<[string, string, Partial<GatedService>, boolean, string, string | undefined]>([
    ["over", "20h", {}, true, "set in 'staging' since 2026-12-21T12:00:00Z; 20h wanted", undefined],
    ["over at this very instant", "21h", {}, true, "set in 'staging' since 2026-12-21T12:00:00Z; 21h wanted", undefined],
    ["not over", "21h1s", {}, false, "set in 'staging' since 2026-12-21T12:00:00Z; 21h1s wanted", "2026-12-22T09:00:01Z"],
    ["not begun", "1h", { since: undefined }, false, "not committed in 'staging' yet; 1h wanted", undefined],
    [
      "counted from when it was first seen healthy, where somebody looked",
      "20h",
      { evidence: seen({ healthySince: "2026-12-22T08:00:00Z", healthyAt: "2026-12-22T08:30:00Z" }) },
      false,
      "seen healthy in 'staging' since 2026-12-22T08:00:00Z; 20h wanted",
      "2026-12-23T04:00:00Z",
    ],
    [
      "counted from when it was set again, where it was seen healthy before another version ran",
      "22h",
      { evidence: seen({ healthySince: "2026-12-01T08:00:00Z", healthyAt: "2026-12-22T08:30:00Z" }) },
      false,
      "set in 'staging' since 2026-12-21T12:00:00Z; 22h wanted",
      "2026-12-22T10:00:00Z",
    ],
    [
      "not begun, where somebody looked and never saw it healthy",
      "1h",
      { evidence: seen({}) },
      false,
      "never seen Synced and Healthy in 'staging' with these pins; 1h wanted",
      undefined,
    ],
  ])("is %s", (_, soak, more, passed, reason, passesAt) => {
    expect(gate({ soak }, more)).toEqual({ passed, reason, passesAt });
  });
});

describe("health", () => {
  test.each<[string, PinEvidence | undefined, boolean, string]>([
    ["nobody looked", undefined, false, "nobody looked: give --evidence <file>, or --context <name> to ask the cluster"],
    ["never healthy", seen({ degradedAt: "2026-12-22T08:00:00Z" }), false, "never seen Synced and Healthy in 'staging' with these pins"],
    ["healthy", seen({ healthyAt: "2026-12-22T08:00:00Z" }), true, "Synced and Healthy in 'staging' at 2026-12-22T08:00:00Z"],
    [
      "degraded since",
      seen({ healthyAt: "2026-12-22T08:00:00Z", degradedAt: "2026-12-22T08:30:00Z" }),
      false,
      "Degraded in 'staging' at 2026-12-22T08:30:00Z, last Healthy at 2026-12-22T08:00:00Z",
    ],
    [
      "one cluster healthy, another degraded at the same look",
      seen({ healthyAt: "2026-12-22T08:00:00Z", degradedAt: "2026-12-22T08:00:00Z" }),
      false,
      "Degraded in 'staging' at 2026-12-22T08:00:00Z, last Healthy at 2026-12-22T08:00:00Z",
    ],
    [
      "healthy again",
      seen({ healthyAt: "2026-12-22T08:40:00Z", degradedAt: "2026-12-22T08:30:00Z" }),
      true,
      "Synced and Healthy in 'staging' at 2026-12-22T08:40:00Z",
    ],
  ])("%s", (_, evidence, passed, reason) => {
    expect(gate({ health: "required" }, { evidence })).toEqual({ passed, reason, passesAt: undefined });
  });
});

test("a freeze refuses until it is over, and is said once for a system", () => {
  const frozen = FreezePeriod.between({ from: "2026-12-20", until: "2027-01-03", timeZone: "Europe/Amsterdam", reason: "stocktaking" });
  const later = FreezePeriod.between({ from: "2027-03-01", until: "2027-03-02", reason: "the move" });
  expect(gate({ freezes: [frozen] })).toEqual({ passed: false, reason: "frozen: stocktaking", passesAt: "2027-01-02T23:00:00Z" });
  expect(gate({ freezes: [later] })).toEqual({ passed: true, reason: "no freeze is on", passesAt: undefined });
  const two = [service({ freezes: [frozen] }), service({ freezes: [frozen] }, { name: "shop/shelf" })];
  expect(promotionGates(two, now).map(({ name, of }) => `${name} of ${of}`)).toEqual(["freeze of shop"]);
});

test("a hold refuses until it ends, and says whose it is", () => {
  const hold: Hold = {
    target: "shop",
    until: "2026-12-24T00:00:00Z",
    by: "alice",
    reason: "rolled back",
    ticket: "SHOP-7",
    line: 1,
  };
  expect(gate({}, { hold })).toEqual({
    passed: false,
    reason: "'shop' is held by alice: rolled back (SHOP-7)",
    passesAt: "2026-12-24T00:00:00Z",
  });
});

test("every gate is told of, refused or not", () => {
  const frozen = FreezePeriod.between({ from: "2026-12-20", until: "2027-01-03", reason: "stocktaking" });
  const hold: Hold = { target: "*", until: "2026-12-24T00:00:00Z", by: "alice", reason: "audit", ticket: undefined, line: 1 };
  const gates = promotionGates([service({ soak: "1h", health: "required", freezes: [frozen] }, { hold })], now);
  expect(gates.map(({ name, passed }) => [name, passed])).toEqual([
    ["soak", true],
    ["health", false],
    ["freeze", false],
    ["hold", false],
  ]);
});
