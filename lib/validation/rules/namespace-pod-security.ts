import { nearestNames } from "../../errors/nearest-names.ts";
import { annotation } from "../../manifest/labels.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { isVersionLabel, podSecurityLabel, podSecurityLevels, type PodSecurityLevelName } from "../../manifest/pod-security-labels.ts";
import { securityReasonOf } from "../../manifest/security-reason.ts";
import type { Finding, Rule } from "../rule.ts";

const levelLabels = [podSecurityLabel.enforce, podSecurityLabel.warn, podSecurityLabel.audit] as const;
const versionLabels = [podSecurityLabel.enforceVersion, podSecurityLabel.warnVersion, podSecurityLabel.auditVersion] as const;

type Problem = Pick<Finding, "message" | "hint">;

/** Without the label a Namespace takes every Pod, also one that is root on its node. */
export const namespacePodSecurity: Rule = {
  id: "namespace-pod-security",
  severity: "error",
  subject: "security",
  title: "Every Namespace enforces a Pod Security level, and says why where that is not the restricted one.",
  reason: "Without the label a Namespace takes every Pod, also one that is root on its node.",
  fix: "Leave podSecurity of the system's namespace out, or give the level with its reason.",
  needs: "manifests",
  check: (facts) => facts.ofKind("Namespace").flatMap(findingsOf),
};

function findingsOf(manifest: Manifest): Finding[] {
  const name = objectName(manifest.document);
  return [...invalidLabels(manifest), ...weakLevels(manifest)].map(({ message, hint }) => ({
    message: `${name} ${message}`,
    hint,
    manifest,
  }));
}

function* invalidLabels({ document: { metadata } }: Manifest): Generator<Problem> {
  const { labels = {} } = metadata;
  for (const label of levelLabels) {
    const value = labels[label];
    if (value === undefined || levelOf(value) !== undefined) continue;
    yield {
      message: `has no level in its label '${label}': got '${value}'`,
      hint: `the levels are: ${nearestNames(value, podSecurityLevels)}`,
    };
  }
  for (const label of versionLabels) {
    const value = labels[label];
    if (value === undefined || isVersionLabel(value)) continue;
    const hint = "write 'latest', or the minor version of Kubernetes as 'v1.36'";
    yield { message: `has no version in its label '${label}': got '${value}'`, hint };
  }
}

function* weakLevels({ document: { metadata } }: Manifest): Generator<Problem> {
  const { labels = {} } = metadata;
  const enforce = labels[podSecurityLabel.enforce];
  if (enforce === undefined) {
    yield { message: `enforces no Pod Security level: it has no label '${podSecurityLabel.enforce}'`, hint: "write 'restricted'" };
  }
  const enforced = levelOf(enforce);
  if (enforced === undefined) return;
  if (enforced !== "restricted" && securityReasonOf(metadata) === undefined) {
    const hint = `write 'restricted', or the reason in its annotation '${annotation.securityReason}'`;
    yield { message: `enforces the Pod Security level '${enforced}' only, and says no reason`, hint };
  }
  for (const label of [podSecurityLabel.warn, podSecurityLabel.audit]) {
    const level = levelOf(labels[label]);
    if (level === undefined || podSecurityLevels.indexOf(level) >= podSecurityLevels.indexOf(enforced)) continue;
    const message = `has the level '${level}' in its label '${label}', and refuses more than that: it enforces '${enforced}'`;
    yield { message, hint: "write 'restricted'" };
  }
}

function levelOf(value: string | undefined): PodSecurityLevelName | undefined {
  return podSecurityLevels.find((level) => level === value);
}
