import { expect, test } from "@jest/globals";
import type { PinEvidence } from "../../lib/evidence/pin-evidence.ts";
import { weakestEvidence } from "../../lib/evidence/weakest-evidence.ts";

const [nine, ten, eleven, noon] = ["09", "10", "11", "12"].map((hour) => `2026-03-02T${hour}:00:00Z`);

function seen(healthySince?: string, healthyAt?: string, degradedAt?: string): PinEvidence {
  return { healthySince, healthyAt, degradedAt };
}

test.each<[string, PinEvidence[], PinEvidence]>([
  ["one alone is itself", [seen(nine, noon, ten)], seen(nine, noon, ten)],
  ["healthy since the last of them, until the first of them", [seen(nine, noon), seen(ten, eleven)], seen(ten, eleven)],
  ["one that was never seen healthy spoils it", [seen(nine, noon), seen()], seen()],
  ["the last time that any was degraded", [seen(nine, noon, ten), seen(nine, noon, eleven)], seen(nine, noon, eleven)],
])("%s", (_, evidence, together) => {
  expect(weakestEvidence(evidence)).toEqual(together);
});
