import { describe, expect, test } from "@jest/globals";
import { waive } from "../../lib/definition/waiver.ts";
import { waiverDates } from "../../lib/validation/waiver-dates.ts";
import { bookshopWorld } from "../support/bookshop-world.ts";

const days = { today: "2027-06-30", soon: "2027-07-30" };

function datesOf(until: string): string[] {
  const definitions = bookshopWorld({ system: { waivers: [waive("secret-exists", { reason: "the store moves", until })] } });
  return waiverDates(definitions, days).map(({ severity, message }) => `${severity}: ${message}`);
}

describe("waiverDates", () => {
  const subject = "the waiver of 'secret-exists' on system 'bookshop'";
  test.each([
    ["ended", "2027-06-29", [`error: ${subject} ended on 2027-06-29`]],
    ["is in its last day", "2027-06-30", [`warning: ${subject} ends on 2027-06-30`]],
    ["will end soon", "2027-07-29", [`warning: ${subject} ends on 2027-07-29`]],
    ["has a while to go", "2027-07-30", []],
  ])("of a waiver that %s", (_title, until, expected) => {
    expect(datesOf(until)).toEqual(expected);
  });

  test("names the place, and says the reason again", () => {
    const waiver = waive("secret-exists", { reason: "the store moves", until: "2027-01-31" });
    const production = { waivers: [waiver] };
    expect(waiverDates(bookshopWorld({ production }), days)).toEqual([
      {
        ...{ severity: "error", rule: "waiver", source: waiver.callSite },
        message: "the waiver of 'secret-exists' on environment 'production' ended on 2027-01-31",
        hint: "mend what it waives, or give it a later day: the store moves",
      },
    ]);
  });

  test("says nothing where nothing is waived", () => {
    expect(waiverDates(bookshopWorld(), days)).toEqual([]);
  });
});
