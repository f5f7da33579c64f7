import { describe, expect, test } from "@jest/globals";
import { summaryLine, textReport } from "../../../lib/cli/report/text-report.ts";
import { waive } from "../../../lib/definition/waiver.ts";
import { brokenPin, catalogueIn, leave, missingSecret, reportOf, sharedHost } from "./reported.ts";

const plain = { color: false };
const title = {
  pins: "Every image pin can be read, is used, and is what its environment takes; every container has one.",
  secrets: "Every Secret that a Pod or an Ingress reads is made in its namespace, with the keys that are read.",
};

describe("textReport", () => {
  test("says nothing where nothing was found", () => {
    expect(textReport(reportOf({}), plain)).toBe("");
  });

  test("puts findings under their rule, each with its place and what to do", () => {
    expect(textReport(reportOf({ issues: [missingSecret(), brokenPin] }), plain)).toBe(`image-pins: ${title.pins}
  error: no image pin for 'bookshop/till' in 'dev'
    at environments/dev/images.yaml:3

secret-exists: ${title.secrets}
  error: Deployment bookshop-dev/catalogue reads Secret 'till', which nothing makes
    at apps/bookshop/catalogue.ts:7
    hint: declare it in 'dev'
`);
  });

  test("says once what is the same in several environments", () => {
    const issues = ["dev", "staging", "production"].map((environment) => missingSecret(environment));
    expect(textReport(reportOf({ issues }), plain)).toBe(`secret-exists: ${title.secrets}
  error: Deployment bookshop-dev/catalogue reads Secret 'till', which nothing makes
    at apps/bookshop/catalogue.ts:7
    the same in staging, production
    hint: declare it in 'dev'
`);
  });

  test.each([
    ["another line", [missingSecret("dev"), missingSecret("staging", 8)]],
    ["another severity", [missingSecret("dev"), { ...missingSecret("staging"), severity: "warning" as const }]],
    ["another name", [missingSecret("dev"), { ...missingSecret("staging"), message: "Deployment bookshop-staging/till reads nothing" }]],
    ["another hint", [missingSecret("dev"), { ...missingSecret("staging"), hint: "take it out" }]],
  ])("says twice what has %s", (_title, issues) => {
    const text = textReport(reportOf({ issues }), plain);
    expect(text.match(/^ {2}(error|warning): /gm)).toHaveLength(2);
    expect(text).not.toContain("the same in");
  });

  test("counts what is found several times in one environment", () => {
    expect(textReport(reportOf({ issues: [missingSecret(), missingSecret()] }), plain)).toContain("    found 2 times\n");
  });

  test("lists each waiver once, with how much it waives, until when and why", () => {
    const other = waive("unique-hosts", { reason: "one is a redirect", until: "2027-12-31" });
    const waived = [
      { issue: sharedHost, waiver: other },
      { issue: missingSecret("dev"), waiver: leave },
      { issue: missingSecret("production"), waiver: leave },
    ];
    expect(textReport(reportOf({ waived }), plain)).toBe(`waived
  secret-exists: 2 findings until 2027-06-30, at apps/bookshop/system.ts:12: the till moves
  unique-hosts: 1 finding until 2027-12-31, at apps/bookshop/system.ts:12: one is a redirect
`);
  });

  test("notes what was left out, at most ten of a kind", () => {
    const skipped = Array.from({ length: 12 }, (_, index) => ({ file: `charts/${index}/values.yaml`, line: 1 }));
    expect(textReport(reportOf({ skipped: skipped.slice(0, 1), unknownKinds: ["example.com/Till"] }), plain)).toBe(
      `note: 1 document left out as no Kubernetes object: charts/0/values.yaml:1
note: fields are not checked of 1 kind without a known schema: example.com/Till
`,
    );
    expect(textReport(reportOf({ absentNamespaces: ["kitchen", "shop", ""] }), plain)).toBe(
      "note: nothing is said of what is missing in namespaces that are not there: 'kitchen', 'shop', none\n",
    );
    expect(textReport(reportOf({ skipped }), plain)).toMatch(/^note: 12 documents .* charts\/9\/values\.yaml:1 and 2 more\n$/);
  });

  test("colours only where it may", () => {
    const report = reportOf({ issues: [missingSecret(), sharedHost] });
    expect(textReport(report, { color: true })).toContain("\u001b[31merror\u001b[39m");
    expect(textReport(report, plain)).not.toContain("\u001b");
  });
});

test.each([
  [{}, "0 objects: 0 errors, 0 warnings, 0 waived"],
  [
    { manifests: [catalogueIn("dev")], issues: [sharedHost, missingSecret(), brokenPin], waived: [{ issue: sharedHost, waiver: leave }] },
    "1 object: 2 errors, 1 warning, 1 waived",
  ],
])("summaryLine counts", (validated, line) => {
  expect(summaryLine(reportOf(validated))).toBe(line);
});
