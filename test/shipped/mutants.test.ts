import process from "node:process";
import { afterAll, describe, expect, test } from "@jest/globals";
import { renderApps, shipped } from "../support/render-apps.ts";
import { mutantTable } from "../validation/mutants/mutant-table.ts";
import { type Mutant, mutantName, operators, runMutants } from "../validation/mutants/run-mutants.ts";
import { explanationOf, explanations } from "../validation/mutants/survivors.ts";

/** Every object of dist/, broken in every way that fits: a rule must say so, or somebody why not. */
describe("mutants of dist/", () => {
  const mutants: readonly Mutant[] = [...runMutants(renderApps().manifests, shipped)];
  const survivors = mutants.filter(({ killedBy }) => killedBy === undefined);

  afterAll(() => {
    process.stdout.write(mutantTable(mutants));
  });

  test("are of many kinds, and every operator fits something", () => {
    expect(operators.length).toBeGreaterThanOrEqual(25);
    const tried = new Set(mutants.map(({ operator }) => operator));
    expect(operators.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  test("are seen by a rule, or explained", () => {
    expect(survivors.filter((mutant) => explanationOf(mutant) === undefined).map(mutantName)).toEqual([]);
  });

  test("need every explanation that is there", () => {
    const used = new Set(survivors.map(explanationOf));
    expect(explanations.filter((explanation) => !used.has(explanation))).toEqual([]);
  });
});
