import { groupFindings } from "./group-findings.ts";
import type { Report } from "./report.ts";
import { plural } from "./text-report.ts";

/** What GitHub shows of each severity, of one step. */
const mostAnnotations = 10;

/**
 * The report as commands that a GitHub workflow turns into annotations of the lines; ends with a notice where there are more findings than
 * GitHub shows.
 *
 * @param target - what was validated, as it was named on the command line. @default the definitions
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubReport({ findings }: Report, { target }: { readonly target?: string | undefined }): string {
  const lines: string[] = [];
  const left: string[] = [];
  for (const severity of ["error", "warning"] as const) {
    const groups = groupFindings(findings.filter((finding) => finding.severity === severity));
    for (const { first, environments } of groups.slice(0, mostAnnotations)) {
      const { message, hint, place, file, rule } = first;
      const where = place ?? (file === undefined ? undefined : { file, line: 1 });
      const properties = { ...(where && { file: where.file, line: String(where.line) }), title: rule };
      const same = environments.length > 0 ? [`the same in ${environments.join(", ")}`] : [];
      lines.push(command(severity, properties, [message, ...same, ...(hint === undefined ? [] : [`hint: ${hint}`])].join("\n")));
    }
    if (groups.length > mostAnnotations) left.push(plural(groups.length - mostAnnotations, `more ${severity}`));
  }
  if (left.length > 0)
    lines.push(command("notice", { title: "keelson" }, `not shown here: ${left.join(" and ")}; run ${commandLine(target)} for all`));
  return lines.map((line) => `${line}\n`).join("");
}

function commandLine(target: string | undefined): string {
  return target === undefined ? "`keelson validate`" : `\`keelson validate ${/\s/.test(target) ? `"${target}"` : target}\``;
}

function command(name: string, properties: Readonly<Record<string, string>>, data: string): string {
  const list = Object.entries(properties).map(
    ([key, value]) => `${key}=${escapeData(value).replaceAll(":", "%3A").replaceAll(",", "%2C")}`,
  );
  return `::${name} ${list.join(",")}::${escapeData(data)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
