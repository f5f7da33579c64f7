import type { SealingScope } from "../definition/sealed-secret.ts";

/** The labels and annotations that Keelson writes and reads, each said once. */
export const label = {
  /** The unit. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
  name: "app.kubernetes.io/name",
  /** The system. */
  partOf: "app.kubernetes.io/part-of",
  managedBy: "app.kubernetes.io/managed-by",
  environment: "keelson.dev/environment",
  team: "keelson.dev/team",
  /** `stable` or `canary`; part of every Deployment's selector, so that adding a canary never changes the stable one's. */
  track: "keelson.dev/track",
  /**
   * What a Secret is to Argo CD: `repository`, or `repo-creds` for many.
   * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
   */
  secretType: "argocd.argoproj.io/secret-type",
} as const;

export const annotation = {
  /** SHA-256 of the configuration that a Pod reads at start, so that a change rolls the Pods. */
  configChecksum: "keelson.dev/config-checksum",
  /** Why a Pod runs with less than the restricted standard asks for. */
  securityReason: "keelson.dev/security-exemption-reason",
  /** On an AppProject: permissions that nothing needs any more, kept so that Argo CD can still remove what they were for. */
  retiring: "keelson.dev/retiring",
} as const;

/**
 * What a SealedSecret, and the template of its Secret, say of their scope; strict is what none says.
 * @see https://github.com/bitnami-labs/sealed-secrets#scopes
 */
export function sealingScopeAnnotations(scope: SealingScope): Record<string, string> {
  return scope === "strict" ? {} : { [`sealedsecrets.bitnami.com/${scope}`]: "true" };
}

/** Whether Keelson made the object that carries these labels. */
export function isKeelsons(labels: Readonly<Record<string, string>> = {}): boolean {
  return labels[label.managedBy] === "keelson";
}
