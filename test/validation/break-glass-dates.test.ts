import { describe, expect, test } from "@jest/globals";
import { BreakGlass } from "../../lib/definition/break-glass.ts";
import { breakGlassDates } from "../../lib/validation/break-glass-dates.ts";
import { bookshopWorld } from "../support/bookshop-world.ts";

const world = bookshopWorld();
const [{ definition: dev }] = world.environments as [(typeof world.environments)[number]];
const [system] = world.systems;

function override(until: string): BreakGlass {
  return BreakGlass.of({
    ...{ environment: dev, autoSync: "off", reason: "the index is rebuilt", ticket: "BOOK-77", owner: system!.team, until },
  });
}

describe("breakGlassDates", () => {
  const subject = "the break-glass override of 'bookshop' in 'dev'";
  test.each([
    ["ended", "2026-11-30", [`error: ${subject} ended on 2026-11-30`]],
    ["is in its last day", "2026-12-01", [`warning: ${subject} ends on 2026-12-01`]],
    ["will end soon", "2026-12-07", [`warning: ${subject} ends on 2026-12-07`]],
    ["has a while to go", "2026-12-08", []],
  ])("of an override that %s", (_title, until, expected) => {
    const definitions = { ...world, systems: [{ ...system!, breakGlass: [override(until)] }] };
    const found = breakGlassDates(definitions, { today: "2026-12-01", soon: "2026-12-08" });
    expect(found.map(({ severity, message }) => `${severity}: ${message}`)).toEqual(expected);
  });

  test("says the reason and the ticket again, and where it stands", () => {
    const entry = override("2026-11-30");
    const definitions = { ...world, systems: [{ ...system!, breakGlass: [entry] }] };
    expect(breakGlassDates(definitions, { today: "2026-12-01", soon: "2026-12-08" })).toEqual([
      {
        ...{ severity: "error", rule: "break-glass", source: entry.callSite },
        message: `${subject} ended on 2026-11-30`,
        hint: "take it out, or give it a later day: the index is rebuilt (BOOK-77)",
      },
    ]);
  });

  test("says nothing where nothing is overridden", () => {
    expect(breakGlassDates(world, { today: "2026-12-01", soon: "2026-12-08" })).toEqual([]);
  });
});
