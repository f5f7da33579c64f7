import { describe, expect, test } from "@jest/globals";
import { waive } from "../../lib/definition/waiver.ts";
import { caught } from "../support/caught.ts";
import { bookshopWorld } from "../support/bookshop-world.ts";

const until = "2027-06-30";
const reason = "the supplier's image asks for it";
const [dev] = bookshopWorld().environments.map(({ definition }) => definition);

describe("waive", () => {
  test("keeps the rule, why and how long, and is for every object in every environment", () => {
    expect(waive("secret-exists", { reason, until })).toMatchObject({
      ...{ rule: "secret-exists", reason, until },
      ...{ objects: undefined, environments: undefined },
    });
  });

  test("keeps the objects and the names of the environments that it is for", () => {
    const waiver = waive("secret-exists", { reason, until, objects: ["Deployment/catalogue"], environments: [dev!] });
    expect(waiver).toMatchObject({ objects: ["Deployment/catalogue"], environments: ["dev"] });
  });

  test("remembers where it was written", () => {
    expect(waive("secret-exists", { reason, until }).callSite.location?.file).toBe(import.meta.filename);
  });

  test.each([
    ["secret-exist", "'secret-exists', "],
    ["image-pins", "'image-digest', "],
  ])("is refused for what is no rule: '%s'", (id, nearest) => {
    const rule = id as Parameters<typeof waive>[0];
    expect(caught(() => waive(rule, { reason, until }))).toMatch(
      new RegExp(
        `^there is no rule '${id}' that can be waived\nhint: the nearest are: ${nearest}.*; what other stages report is mended, not waived$`,
      ),
    );
  });

  test.each(["", "  "])("is refused without a reason: '%s'", (empty) => {
    expect(caught(() => waive("secret-exists", { reason: empty, until }))).toBe(
      "the waiver of 'secret-exists' has no reason\nhint: say why the rule does not hold here",
    );
  });

  test.each(["2028-02-29", "2000-02-29", "2027-01-31", "2027-04-30", "2027-12-31"])("ends on '%s'", (day) => {
    expect(waive("secret-exists", { reason, until: day }).until).toBe(day);
  });

  test.each([
    "2027-02-29",
    "2100-02-29",
    "2027-04-31",
    "2027-13-01",
    "2027-00-10",
    "2027-01-00",
    "2027-1-5",
    "30.06.2027",
    "2027-06-30T00:00Z",
    "",
  ])("does not end on '%s'", (day) => {
    expect(caught(() => waive("secret-exists", { reason, until: day }))).toBe(
      `the waiver of 'secret-exists' ends on '${day}', which is no day\nhint: write it as '2027-06-30'`,
    );
  });
});
