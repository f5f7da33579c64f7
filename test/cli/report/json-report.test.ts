import { expect, test } from "@jest/globals";
import { jsonReport } from "../../../lib/cli/report/json-report.ts";
import { brokenPin, catalogueIn, leave, missingSecret, reportOf } from "./reported.ts";

test("jsonReport gives every finding with what is known of it, waived ones apart", () => {
  const report = reportOf({
    manifests: [catalogueIn("dev")],
    issues: [missingSecret(), brokenPin],
    waived: [{ issue: missingSecret("production"), waiver: leave }],
    skipped: [{ file: "values.yaml", line: 1 }],
    unknownKinds: ["example.com/Till"],
    absentNamespaces: ["shop", ""],
  });
  const secret = (environment: string) => ({
    ...{ severity: "error", rule: "secret-exists", subject: "references", environment },
    message: `Deployment bookshop-${environment}/catalogue reads Secret 'till', which nothing makes`,
    hint: `declare it in '${environment}'`,
    place: "apps/bookshop/catalogue.ts:7",
    object: { apiVersion: "apps/v1", kind: "Deployment", namespace: `bookshop-${environment}`, name: "catalogue" },
    file: `dist/bookshop-${environment}/Deployment.yaml`,
  });
  const text = jsonReport(report);
  expect(text.endsWith("}\n")).toBe(true);
  expect(JSON.parse(text)).toStrictEqual({
    ...{ objects: 1, errors: 2, warnings: 0 },
    issues: [
      {
        ...{ severity: "error", rule: "image-pins", subject: "input", place: "environments/dev/images.yaml:3" },
        message: "no image pin for 'bookshop/till' in 'dev'",
      },
      secret("dev"),
    ],
    waived: [{ ...secret("production"), waiver: { until: "2027-06-30", reason: "the till moves", place: "apps/bookshop/system.ts:12" } }],
    skipped: ["values.yaml:1"],
    unknownKinds: ["example.com/Till"],
    absentNamespaces: ["shop", ""],
  });
});

test("jsonReport always has its lists of findings", () => {
  expect(JSON.parse(jsonReport(reportOf({})))).toStrictEqual({ objects: 0, errors: 0, warnings: 0, issues: [], waived: [] });
});
