import { nearestNames } from "../../errors/nearest-names.ts";
import { argocdAnnotated, argocdAnnotation, hookDeletePolicies, hookPhases, listedIn } from "../../manifest/argocd-annotations.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { groupKind, objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

const wholeNumber = /^[+-]?\d+$/;

/** Waves order objects inside one Application, never Applications. */
export const applicationWaves: Rule = {
  id: "application-waves",
  severity: "error",
  subject: "argocd",
  title: "No Application is in a sync wave, and every wave, hook and hook delete policy is one that Argo CD reads.",
  reason:
    "Waves between Applications do nothing, or with health checks on Applications stop the root behind one manual child; a wave or hook that Argo CD cannot read counts as none.",
  fix: "Take the wave off the Application, and rely on retries; mend the value of the annotation.",
  needs: "manifests",
  check(facts) {
    const ordered = facts.definitions === undefined && judgesApplications(facts);
    return argocdAnnotated(facts).flatMap((manifest) => [...waveFindings(manifest, ordered), ...hookFindings(manifest)]);
  },
};

/** Whether plain manifests hold a health check for Applications, with which waves do wait for them: their author's choice. */
function judgesApplications(facts: RepositoryFacts): boolean {
  return facts
    .ofKind("ConfigMap")
    .some(
      ({ document: { metadata, data } }) =>
        metadata.name === "argocd-cm" &&
        Object.hasOwn(fieldsOf(data as object | undefined), "resource.customizations.health.argoproj.io_Application"),
    );
}

function waveFindings(manifest: Manifest, ordered: boolean): Finding[] {
  const wave = manifest.document.metadata.annotations?.[argocdAnnotation.syncWave];
  if (wave === undefined) return [];
  const name = objectName(manifest.document);
  if (!wholeNumber.test(wave)) {
    return [{ message: `${name} is in sync wave '${wave}', which is no whole number`, hint: "Argo CD takes it for wave 0", manifest }];
  }
  if (ordered || Number(wave) === 0 || groupKind(manifest.document) !== "argoproj.io/Application") return [];
  return [
    {
      message: `${name} is in sync wave ${wave}, but waves do not order Applications`,
      hint: "take the wave off: Argo CD tries again until what the Application needs is there",
      manifest,
    },
  ];
}

function hookFindings(manifest: Manifest): Finding[] {
  const { annotations = {} } = manifest.document.metadata;
  const [hook, policy] = [annotations[argocdAnnotation.hook], annotations[argocdAnnotation.hookDeletePolicy]];
  const findings = [
    ...strangers(manifest, "hook phase", listedIn(hook), hookPhases),
    ...strangers(manifest, "hook delete policy", listedIn(policy), hookDeletePolicies),
  ];
  // Argo CD takes a hook of Helm for one of its own
  if (policy === undefined || hook !== undefined || annotations["helm.sh/hook"] !== undefined) return findings;
  const message = `${objectName(manifest.document)} has a hook delete policy, but is no hook`;
  return [...findings, { message, hint: `give it the annotation ${argocdAnnotation.hook}, or take the policy out`, manifest }];
}

function strangers(manifest: Manifest, what: string, given: readonly string[], known: readonly string[]): Finding[] {
  return given
    .filter((value) => !known.includes(value))
    .map((value) => ({
      message: `${objectName(manifest.document)} has the ${what} '${value}', which Argo CD does not know`,
      hint: `the nearest are: ${nearestNames(value, known, 3)}`,
      manifest,
    }));
}
