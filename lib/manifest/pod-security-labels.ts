import type { Manifest } from "./manifest.ts";

const prefix = "pod-security.kubernetes.io/";

/** The labels by which a Namespace asks for Pod Security. @see https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
export const podSecurityLabel = {
  enforce: `${prefix}enforce`,
  enforceVersion: `${prefix}enforce-version`,
  audit: `${prefix}audit`,
  auditVersion: `${prefix}audit-version`,
  warn: `${prefix}warn`,
  warnVersion: `${prefix}warn-version`,
} as const;

/** The levels, from the one that forbids nothing to the strictest. */
export const podSecurityLevels = ["privileged", "baseline", "restricted"] as const;

/** One of {@link podSecurityLevels}. */
export type PodSecurityLevelName = (typeof podSecurityLevels)[number];

const version = /^v1\.(0|[1-9]\d*)$/;

/** What the API server enforces in a Namespace: `privileged` without a label, the strictest where the label is not understood. */
export function enforcedLevel({ document: { metadata } }: Manifest): PodSecurityLevelName {
  const level = metadata.labels?.[podSecurityLabel.enforce];
  if (level === undefined) return "privileged";
  return podSecurityLevels.find((known) => known === level) ?? "restricted";
}

/** The minor version whose standard is meant, `36` for `v1.36`; none for `latest`, or where it is not understood. */
export function minorVersion(label: string | undefined): number | undefined {
  const minor = version.exec(label ?? "")?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** Whether the API server takes the value of a version label. */
export function isVersionLabel(value: string): boolean {
  return value === "latest" || version.test(value);
}
