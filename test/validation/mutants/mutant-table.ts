import type { Mutant } from "./run-mutants.ts";

/** The kill rate by operator, as people read it. */
export function mutantTable(mutants: readonly Mutant[]): string {
  const byOperator = new Map<string, Mutant[]>();
  for (const mutant of mutants) byOperator.set(mutant.operator, [...(byOperator.get(mutant.operator) ?? []), mutant]);
  const rows = [...byOperator].map(([operator, own]) => rowOf(operator, own));
  const widest = Math.max(...rows.map(([operator]) => operator.length));
  const lines = rows.map(([operator, killed, total, by]) => `${operator.padEnd(widest)}  ${`${killed}/${total}`.padStart(9)}  ${by}`);
  const killed = mutants.filter(({ killedBy }) => killedBy !== undefined).length;
  const errors = mutants.filter(({ killedBy }) => killedBy?.severity === "error").length;
  const rate = ((100 * killed) / mutants.length).toFixed(1);
  return `${lines.join("\n")}\n\n${byOperator.size} operators, ${mutants.length} mutants, ${killed} killed (${rate} %), ${errors} of them by an error\n`;
}

function rowOf(operator: string, own: readonly Mutant[]): readonly [string, number, number, string] {
  const counts = new Map<string, number>();
  for (const { killedBy } of own) {
    if (killedBy !== undefined) counts.set(killedBy.rule, (counts.get(killedBy.rule) ?? 0) + 1);
  }
  const by = [...counts].sort(([, a], [, b]) => b - a).map(([rule, count]) => `${rule} ${count}`);
  return [operator, own.filter(({ killedBy }) => killedBy !== undefined).length, own.length, by.join(", ")];
}
