import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { nearestNames } from "../../lib/errors/nearest-names.ts";

describe("nearestNames", () => {
  test("lists candidates nearest first, quoted", () => {
    expect(nearestNames("cataloque", ["storefront", "catalogue", "catalog"])).toBe("'catalogue', 'catalog', 'storefront'");
  });

  test("orders those that are equally near by the alphabet, and lists each once", () => {
    expect(nearestNames("b", ["d", "c", "a", "c"])).toBe("'a', 'c', 'd'");
  });

  test("lists five unless told otherwise", () => {
    const shelves = ["1", "2", "3", "4", "5", "6", "7"];
    expect(nearestNames("0", shelves)).toBe("'1', '2', '3', '4', '5'");
    expect(nearestNames("0", shelves, 2)).toBe("'1', '2'");
  });

  test("leaves out what is too far on demand", () => {
    const books = ["catalogue", "catalog", "till"];
    expect(nearestNames("cataloque", books, 5, 0.5)).toBe("'catalogue', 'catalog'");
    expect(nearestNames("xyz", books, 5, 0.5)).toBe("");
  });

  test("lists nothing where nothing is known", () => {
    expect(nearestNames("catalogue", [])).toBe("");
  });

  test("puts the name itself first, whatever else there is and in whatever order", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (wanted, others) => {
        const nearest = nearestNames(wanted, [...others, wanted], 3);
        expect(nearest.startsWith(`'${wanted}'`)).toBe(true);
        expect(nearestNames(wanted, [wanted, ...others].reverse(), 3)).toBe(nearest);
      }),
    );
  });
});
