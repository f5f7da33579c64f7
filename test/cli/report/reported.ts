import { makeReport, type Report, type Validated } from "../../../lib/cli/report/report.ts";
import { waive } from "../../../lib/definition/waiver.ts";
import type { Issue } from "../../../lib/manifest/issue.ts";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { deployment, unitOf } from "../../support/manifests.ts";

/** The Deployment of `catalogue` in an environment. */
export function catalogueIn(environment: string): Manifest {
  return { ...deployment({}, { namespace: `bookshop-${environment}` }), owner: unitOf("catalogue", { environment }) };
}

/** A Secret that nothing makes, in an environment. */
export function missingSecret(environment = "dev", line = 7): Issue {
  return {
    ...{ severity: "error", rule: "secret-exists", hint: `declare it in '${environment}'` },
    message: `Deployment bookshop-${environment}/catalogue reads Secret 'till', which nothing makes`,
    manifest: catalogueIn(environment),
    position: { file: "apps/bookshop/catalogue.ts", line },
  };
}

/** A host that two serve; stands before `secret-exists` in nobody's order. */
export const sharedHost: Issue = {
  ...{ severity: "warning", rule: "unique-hosts", message: "'bookshop.example' is served twice, by 100%: once, and again" },
  manifest: catalogueIn("production"),
};

/** Something that is wrong with a file, not with an object. */
export const brokenPin: Issue = {
  ...{ severity: "error", rule: "image-pins", message: "no image pin for 'bookshop/till' in 'dev'" },
  position: { file: "environments/dev/images.yaml", line: 3 },
};

/** A waiver, as definitions hold them. */
export const leave = waive("secret-exists", { reason: "the till moves", until: "2027-06-30" });

/** The report of a run; an object's file is named after its namespace. */
export function reportOf(validated: Partial<Validated>): Report {
  const fileOf = ({ document }: Manifest): string => `dist/${document.metadata.namespace ?? ""}/${document.kind}.yaml`;
  return makeReport(
    { manifests: [], issues: [], waived: [], fileOf, ...validated },
    { originalPosition: () => ({ file: "apps/bookshop/system.ts", line: 12 }) },
  );
}
