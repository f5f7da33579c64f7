import type { FileLine } from "../place-of-issue.ts";
import { countOf, type Report, type ReportedFinding } from "./report.ts";
import { placeName } from "./text-report.ts";

/** The report as programs read it; its shape stands in docs/validation.md. What is not known is left out. */
export function jsonReport(report: Report): string {
  const { objects, findings, waived, skipped, unknownKinds, absentNamespaces } = report;
  const result = {
    objects,
    errors: countOf(findings, "error"),
    warnings: countOf(findings, "warning"),
    issues: findings.map(findingAsJson),
    waived: waived.map(({ waiver: { until, reason, place }, ...finding }) => ({
      ...findingAsJson(finding),
      waiver: { until, reason, ...placeAsJson(place) },
    })),
    ...(skipped.length > 0 && { skipped: skipped.map(placeName) }),
    ...(unknownKinds.length > 0 && { unknownKinds }),
    ...(absentNamespaces.length > 0 && { absentNamespaces }),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function findingAsJson({ severity, rule, subject, message, hint, place, object, file, environment }: ReportedFinding): object {
  return {
    ...{ severity, rule, subject, message },
    ...(hint !== undefined && { hint }),
    ...placeAsJson(place),
    ...(object !== undefined && {
      object: {
        ...{ apiVersion: object.apiVersion, kind: object.kind, name: object.metadata.name },
        ...(object.metadata.namespace !== undefined && { namespace: object.metadata.namespace }),
      },
    }),
    ...(file !== undefined && { file }),
    ...(environment !== undefined && { environment }),
  };
}

function placeAsJson(place: FileLine | undefined): object {
  return place === undefined ? {} : { place: placeName(place) };
}
