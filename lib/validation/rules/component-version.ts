import { compareVersions } from "../../definition/compare-versions.ts";
import {
  type Component,
  componentApis,
  type ComponentField,
  componentFields,
  componentNames,
  newestReleases,
} from "../../manifest/component-facts.ts";
import { groupKind, objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding, Rule } from "../rule.ts";
import { saysAt } from "../versions/field-values.ts";

/** What a component still reads, and will not for long. */
interface Retiring {
  readonly kind: string;
  readonly field: string;
  readonly component: Component | undefined;
  readonly since: string;
  readonly says: string;
  readonly hint: string;
}

const retiring: readonly Retiring[] = [
  {
    kind: "kyverno.io/ClusterPolicy",
    field: "spec.rules[].verifyImages",
    component: undefined,
    since: "1.17",
    says: "Kyverno has deprecated",
    hint: "write an ImageValidatingPolicy of policies.kyverno.io/v1",
  },
  {
    kind: "argoproj.io/AppProject",
    field: "spec.signatureKeys",
    component: "argocd",
    since: "3.5",
    says: "Argo CD has deprecated",
    hint: "say it under spec.sourceIntegrity",
  },
];

/** An older component drops a field that it does not know without a word; a newer one does not serve an old API version. */
export const componentVersion: Rule = {
  id: "component-version",
  severity: "error",
  subject: "versions",
  title: "Objects of Argo CD, the External Secrets Operator and Istio say what the release that reads them knows.",
  reason: "A release drops a field that it does not know without a word, and an API version that it does not serve is not applied at all.",
  fix: "Write what the release knows, or say in the definition of the cluster or control plane which release runs.",
  needs: "manifests",
  check: (facts) => [...findUnservedApis(facts), ...findUnknownFields(facts), ...findRetiring(facts)],
};

function findUnservedApis(facts: RepositoryFacts): Finding[] {
  const findings: Finding[] = [];
  for (const { component, api, kinds, since, removed, successor } of componentApis) {
    for (const kind of kinds) {
      for (const manifest of facts.ofKind(groupKind({ apiVersion: api, kind }))) {
        if (manifest.document.apiVersion !== api) continue;
        const target = targetOf(facts, manifest, component);
        if (target === undefined) continue;
        const missing = since !== undefined && compareVersions(target, since) < 0 ? `serves since ${since}` : undefined;
        const gone = removed !== undefined && compareVersions(target, removed) >= 0 ? `serves no more since ${removed}` : undefined;
        const wrong = missing ?? gone;
        if (wrong === undefined) continue;
        findings.push({
          message: `${objectName(manifest.document)} is written as ${api}, which ${componentNames[component]} ${wrong}, got '${target}'`,
          hint: `write it as ${successor}`,
          manifest,
        });
      }
    }
  }
  return findings;
}

function findUnknownFields(facts: RepositoryFacts): Finding[] {
  return componentFields.flatMap((known) => {
    const path = known.field.split(".");
    // most often all objects of a kind have one target
    const outdated = new Map<string, boolean>();
    const isOutdated = (target: string): boolean => {
      const answer = outdated.get(target) ?? compareVersions(target, known.since) < 0;
      outdated.set(target, answer);
      return answer;
    };
    return facts.ofKind(known.kind).flatMap((manifest) => {
      const target = targetOf(facts, manifest, known.component);
      if (target === undefined || !isOutdated(target) || !saysAt(manifest.document, path)) return [];
      return [unknownField(manifest, known, target)];
    });
  });
}

function unknownField(manifest: Manifest, { component, field, since }: ComponentField, target: string): Finding {
  const raise = component === "argocd" ? "argocdVersion of the control plane" : `versions.${component} of the cluster`;
  return {
    message: `${objectName(manifest.document)} says ${field}, which ${componentNames[component]} knows since ${since}, got '${target}'`,
    hint: `leave it out, or raise ${raise}`,
    manifest,
  };
}

function findRetiring(facts: RepositoryFacts): Finding[] {
  return retiring.flatMap(({ kind, field, component, since, says, hint }) =>
    facts.ofKind(kind).flatMap((manifest) => {
      const target = component === undefined ? since : targetOf(facts, manifest, component);
      if (target === undefined || compareVersions(target, since) < 0 || !saysAt(manifest.document, field.split("."))) return [];
      return [asWarning({ message: `${objectName(manifest.document)} says ${field}, which ${says} since ${since}`, hint, manifest })];
    }),
  );
}

/** The release that reads an object; the newest where nobody wrote definitions, none where these do not say it. */
function targetOf({ definitions }: RepositoryFacts, { owner }: Manifest, component: Component): string | undefined {
  if (definitions === undefined) return newestReleases[component];
  return component === "argocd" ? definitions.controlPlaneOf(owner)?.argocdVersion : definitions.clusterOf(owner)?.versions[component];
}
