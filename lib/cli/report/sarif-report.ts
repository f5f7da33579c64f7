import { objectName } from "../../manifest/manifest.ts";
import type { FileLine } from "../place-of-issue.ts";
import { fingerprints } from "./fingerprints.ts";
import { aboutCheck, type Report, type ReportedFinding, type WaivedFinding } from "./report.ts";

/**
 * The report as SARIF 2.1.0, for GitHub's code scanning among others. What is waived is there with its suppression.
 *
 * @param pageOf - the page of a rule, in Markdown
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport({ findings, waived }: Report, pageOf: (rule: string) => string | undefined): string {
  const results: readonly (ReportedFinding | WaivedFinding)[] = [...findings, ...waived];
  const ids = fingerprints(results);
  const rules = [...new Set(results.map(({ rule }) => rule))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Keelson", rules: rules.map((rule) => descriptor(rule, pageOf(rule))) } },
        columnKind: "utf16CodeUnits",
        results: results.map((finding, index) => ({
          ruleId: finding.rule,
          ruleIndex: rules.indexOf(finding.rule),
          level: finding.severity,
          message: { text: finding.hint === undefined ? finding.message : `${finding.message}\nhint: ${finding.hint}` },
          ...locationsOf(finding),
          // named as GitHub names it; it would else take the hash of the line, on which several objects stand
          partialFingerprints: { primaryLocationLineHash: `${ids[index] ?? ""}:1` },
          suppressions: "waiver" in finding ? [suppression(finding)] : [],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(id: string, page: string | undefined): object {
  const about = aboutCheck(id);
  if (about === undefined) return { id };
  const { title, reason, fix, severity, subject } = about;
  const text = `${reason} ${fix}`;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: reason },
    help: { text, ...(page !== undefined && { markdown: page }) },
    defaultConfiguration: { level: severity },
    properties: { tags: [subject], precision: "high", "problem.severity": severity },
  };
}

/** The definition, and the rendered file beside it; the rendered file alone where no definition is known. */
function locationsOf({ place, file, object }: ReportedFinding): object {
  const logical = object && { logicalLocations: [{ fullyQualifiedName: objectName(object) }] };
  const rendered = file === undefined ? undefined : physical({ file, line: 1 });
  if (place === undefined) return rendered === undefined ? {} : { locations: [{ ...rendered, ...logical }] };
  return {
    locations: [{ ...physical(place), ...logical }],
    ...(rendered && { relatedLocations: [{ id: 1, ...rendered, message: { text: "the rendered object" } }] }),
  };
}

function suppression({ waiver: { until, reason, place } }: WaivedFinding): object {
  return { kind: "inSource", status: "accepted", justification: `${reason} (until ${until})`, ...(place && { location: physical(place) }) };
}

function physical({ file, line }: FileLine): object {
  const uri = file.split("/").map(encodeURIComponent).join("/");
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: "%SRCROOT%" }, region: { startLine: line } } };
}
