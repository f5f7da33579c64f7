import picocolors from "picocolors";
import type { FileLine } from "../place-of-issue.ts";
import { type FindingGroup, groupFindings } from "./group-findings.ts";
import { aboutCheck, countOf, type Report, type WaivedFinding } from "./report.ts";

/** How many names a note lists. */
const mostNames = 10;

/** The report as people read it: findings under their rules, what is waived, notes. Empty where there is nothing to say. */
export function textReport(report: Report, { color }: { readonly color: boolean }): string {
  const colors = picocolors.createColors(color);
  const lines: string[] = [];
  let rule: string | undefined;
  for (const group of groupFindings(report.findings)) {
    if (group.first.rule !== rule) {
      if (rule !== undefined) lines.push("");
      rule = group.first.rule;
      const title = aboutCheck(rule)?.title;
      lines.push(`${colors.bold(rule)}${title === undefined ? "" : colors.dim(`: ${title}`)}`);
    }
    const paint = group.first.severity === "error" ? colors.red : colors.yellow;
    lines.push(`  ${paint(group.first.severity)}: ${group.first.message}`, ...detailsOf(group).map((detail) => `    ${detail}`));
  }
  return [lines, waivedLines(report.waived), noteLines(report)]
    .filter((part) => part.length > 0)
    .map((part) => `${part.join("\n")}\n`)
    .join("\n");
}

/** `326 objects: 2 errors, 1 warning, 3 waived`. */
export function summaryLine({ objects, findings, waived }: Report): string {
  const errors = plural(countOf(findings, "error"), "error");
  return `${plural(objects, "object")}: ${errors}, ${plural(countOf(findings, "warning"), "warning")}, ${waived.length} waived`;
}

/** `1 error`, `2 errors`. */
export function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** `apps/shop/frontend.ts:12`. */
export function placeName({ file, line }: FileLine): string {
  return `${file}:${line}`;
}

function detailsOf({ first: { place, hint }, count, environments }: FindingGroup): string[] {
  return [
    ...(place === undefined ? [] : [`at ${placeName(place)}`]),
    ...(environments.length > 0 ? [`the same in ${environments.join(", ")}`] : []),
    ...(environments.length === 0 && count > 1 ? [`found ${count} times`] : []),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ];
}

/** One line for each waiver: the rule, how much it waives, until when, where and why. */
function waivedLines(waived: readonly WaivedFinding[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule, waiver } of waived) {
    const where = waiver.place === undefined ? "" : `, at ${placeName(waiver.place)}`;
    const text = `until ${waiver.until}${where}: ${waiver.reason}`;
    counts.set(`${rule}\n${text}`, (counts.get(`${rule}\n${text}`) ?? 0) + 1);
  }
  const rows = [...counts].map(([key, count]) => {
    const [rule = "", text = ""] = key.split("\n", 2);
    return `  ${rule}: ${plural(count, "finding")} ${text}`;
  });
  return rows.length === 0 ? [] : ["waived", ...rows];
}

function noteLines({ skipped, unknownKinds, absentNamespaces }: Report): string[] {
  return [
    ...(skipped.length > 0
      ? [`note: ${plural(skipped.length, "document")} left out as no Kubernetes object: ${listed(skipped.map(placeName))}`]
      : []),
    ...(unknownKinds.length > 0
      ? [`note: fields are not checked of ${plural(unknownKinds.length, "kind")} without a known schema: ${listed(unknownKinds)}`]
      : []),
    ...(absentNamespaces.length > 0
      ? [`note: nothing is said of what is missing in namespaces that are not there: ${listed(absentNamespaces.map(namespaceName))}`]
      : []),
  ];
}

function namespaceName(namespace: string): string {
  return namespace === "" ? "none" : `'${namespace}'`;
}

function listed(names: readonly string[]): string {
  const more = names.length - mostNames;
  return more > 0 ? `${names.slice(0, mostNames).join(", ")} and ${more} more` : names.join(", ");
}
