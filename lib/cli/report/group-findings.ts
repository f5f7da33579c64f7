import type { ReportedFinding } from "./report.ts";

/** Findings of one rule and one cause in several environments. */
export interface FindingGroup {
  readonly first: ReportedFinding;
  /** How many findings there are, the first included. */
  readonly count: number;
  /** Where the same was found, besides the environment of the first. */
  readonly environments: readonly string[];
}

/** Takes findings together that say the same at the same line but for the name of the environment. Keeps the order of the first of each. */
export function groupFindings(findings: readonly ReportedFinding[]): FindingGroup[] {
  const groups = new Map<string, [ReportedFinding, ...ReportedFinding[]]>();
  for (const finding of findings) {
    const key = causeOf(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map((group) => {
    const [first, ...others] = group;
    const environments = new Set(others.flatMap(({ environment }) => environment ?? []));
    environments.delete(first.environment ?? "");
    return { first, count: group.length, environments: [...environments] };
  });
}

function causeOf({ severity, rule, message, hint, place, environment }: ReportedFinding): string {
  const neutral = (text: string | undefined): string =>
    text === undefined || environment === undefined ? (text ?? "") : text.replaceAll(environment, "*");
  return [severity, rule, place?.file, place?.line, neutral(message), neutral(hint)].join("\n");
}
