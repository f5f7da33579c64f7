import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { Finding, Rule } from "../rule.ts";

/** A generator, or one that combines others. */
interface Generator {
  readonly pullRequest?: object;
  readonly matrix?: { readonly generators?: readonly Generator[] };
  readonly merge?: { readonly generators?: readonly Generator[] };
}

interface ApplicationSetFields {
  readonly generators?: readonly Generator[];
  readonly goTemplate?: boolean;
  readonly goTemplateOptions?: readonly string[];
  readonly syncPolicy?: { readonly applicationsSync?: string; readonly preserveResourcesOnDeletion?: boolean };
}

/** What disappears from a generator must not disappear from a cluster. */
export const applicationSetDeletes: Rule = {
  id: "application-set-deletes",
  severity: "error",
  subject: "argocd",
  title: "No ApplicationSet deletes Applications or what they deployed, and each fails on a parameter that is missing.",
  reason:
    "An element that is lost from a generator, or a parameter that renders as nothing, deletes an Application with everything that it deployed.",
  fix: "Say applicationsSync: create-update, preserveResourcesOnDeletion: true, goTemplate: true and goTemplateOptions: [missingkey=error].",
  needs: "manifests",
  check: (facts) => facts.ofKind("argoproj.io/ApplicationSet").flatMap(findingsOf),
};

function findingsOf(manifest: Manifest): Finding[] {
  const { generators, syncPolicy, goTemplate, goTemplateOptions } = fieldsOf(manifest.document.spec as ApplicationSetFields | undefined);
  const { applicationsSync = "sync", preserveResourcesOnDeletion } = fieldsOf(syncPolicy);
  const name = objectName(manifest.document);
  const findings: Finding[] = [];
  // what a pull request deployed is to go with it
  const previews = entriesOf(generators).some(isPreview);
  if (!previews && applicationsSync !== "create-only" && applicationsSync !== "create-update") {
    const message = `${name} deletes Applications that its generators no longer give: its applicationsSync is '${applicationsSync}'`;
    findings.push({ message, hint: "say syncPolicy.applicationsSync: create-update", manifest });
  }
  if (!previews && preserveResourcesOnDeletion !== true) {
    const message = `${name} deletes what its Applications deployed when it is deleted`;
    findings.push({ message, hint: "say syncPolicy.preserveResourcesOnDeletion: true", manifest });
  }
  if (goTemplate !== true) {
    const message = `${name} leaves a parameter that is missing as it stands in the template`;
    findings.push({ message, hint: "say goTemplate: true and goTemplateOptions: [missingkey=error]", manifest });
  } else if (!textsOf(goTemplateOptions).includes("missingkey=error")) {
    const message = `${name} renders a parameter that is missing as '<no value>'`;
    findings.push({ message, hint: "say goTemplateOptions: [missingkey=error]", manifest });
  }
  return findings;
}

function isPreview({ pullRequest, matrix, merge }: Generator): boolean {
  return pullRequest !== undefined || [matrix, merge].some((combined) => entriesOf(combined?.generators).some(isPreview));
}
