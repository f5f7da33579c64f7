import type { Issue } from "../../manifest/issue.ts";
import type { KubernetesObject, Manifest } from "../../manifest/manifest.ts";
import type { WaivedIssue } from "../../validation/apply-waivers.ts";
import { ruleSubjects } from "../../validation/rule.ts";
import { rules } from "../../validation/rules.ts";
import { type CheckAbout, stageChecks } from "../../validation/stage-checks.ts";
import { type FileLine, type PlaceIo, placeOfCall, placeOfIssue } from "../place-of-issue.ts";

/** What `validate` found, before it is put into the words of a {@link Report}. */
export interface Validated {
  readonly manifests: readonly Manifest[];
  readonly issues: readonly Issue[];
  readonly waived: readonly WaivedIssue[];
  /** The file that holds an object, relative to the project's folder. @default none: objects stand where their issue says */
  readonly fileOf?: (manifest: Manifest) => string;
  /** Documents that were left out because they are no Kubernetes objects. @default none */
  readonly skipped?: readonly FileLine[];
  /** Kinds of which no schema is known. @default none */
  readonly unknownKinds?: readonly string[];
  /** Namespaces that objects are in and that are not there themselves; `""` for none. @default none */
  readonly absentNamespaces?: readonly string[];
}

/** One finding, in terms that every format can print. */
export interface ReportedFinding extends Pick<Issue, "severity" | "rule" | "message" | "hint"> {
  readonly subject: CheckAbout["subject"];
  /** The line to mend. */
  readonly place: FileLine | undefined;
  readonly object: KubernetesObject | undefined;
  /** The file under `dist/` that holds, or would hold, the object. */
  readonly file: string | undefined;
  readonly environment: string | undefined;
}

/** A finding that a waiver lets pass. */
export interface WaivedFinding extends ReportedFinding {
  readonly waiver: { readonly until: string; readonly reason: string; readonly place: FileLine | undefined };
}

/** All that `validate` has to say; printed by one of the formats beside this file. Paths are relative to the project's folder. */
export interface Report {
  /** How many objects were checked. */
  readonly objects: number;
  /** By subject, then by rule, then in the order of objects. */
  readonly findings: readonly ReportedFinding[];
  /** In the same order. */
  readonly waived: readonly WaivedFinding[];
  readonly skipped: readonly FileLine[];
  readonly unknownKinds: readonly string[];
  readonly absentNamespaces: readonly string[];
}

/** Brings findings into the order of the report, and finds the lines that their authors would open. */
export function makeReport(validated: Validated, io: PlaceIo): Report {
  const { manifests, issues, waived, fileOf, skipped = [], unknownKinds = [], absentNamespaces = [] } = validated;
  const reported = (issue: Issue): ReportedFinding => ({
    severity: issue.severity,
    rule: issue.rule,
    subject: aboutCheck(issue.rule)?.subject ?? "input",
    message: issue.message,
    hint: issue.hint,
    place: placeOfIssue(issue, io),
    object: issue.manifest?.document,
    file: issue.manifest && fileOf?.(issue.manifest),
    environment: issue.manifest && "environment" in issue.manifest.owner ? issue.manifest.owner.environment : undefined,
  });
  return {
    objects: manifests.length,
    findings: inOrder(issues.map(reported)),
    waived: inOrder(
      waived.map(({ issue, waiver: { until, reason, callSite } }) => ({
        ...reported(issue),
        waiver: { until, reason, place: placeOfCall(callSite, io) },
      })),
    ),
    skipped,
    unknownKinds,
    absentNamespaces,
  };
}

/** What is known of a rule, or of another stage's check, by its id. */
export function aboutCheck(id: string): CheckAbout | undefined {
  return rules.find((rule) => rule.id === id) ?? stageChecks.find((check) => check.id === id);
}

/** Every rule and every check of another stage: by subject, in the order of reports, then by id. */
export function allChecks(): readonly CheckAbout[] {
  return sorted([...stageChecks, ...rules], (check) => [subjectOrder(check.subject), check.id]);
}

/** How many there are of a severity. */
export function countOf(findings: readonly ReportedFinding[], severity: Issue["severity"]): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function inOrder<F extends ReportedFinding>(findings: readonly F[]): readonly F[] {
  return sorted(findings, ({ subject, rule }) => [subjectOrder(subject), rule]);
}

function subjectOrder(subject: CheckAbout["subject"]): number {
  return subject === "input" ? -1 : ruleSubjects.indexOf(subject);
}

/** Sorts by two keys; what has the same keeps its order. */
function sorted<T>(list: readonly T[], keysOf: (entry: T) => readonly [number, string]): T[] {
  return list
    .map((entry) => ({ entry, keys: keysOf(entry) }))
    .sort(({ keys: a }, { keys: b }) => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0))
    .map(({ entry }) => entry);
}
