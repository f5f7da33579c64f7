import { compareVersions } from "../../definition/compare-versions.ts";
import { nearestNames } from "../../errors/nearest-names.ts";
import { textsOf } from "../../manifest/entries-of.ts";
import { syncOptionsOf } from "../../manifest/application-document.ts";
import {
  argocdAnnotated,
  argocdAnnotation,
  argocdAnnotationKeys,
  argocdFinalizers,
  argocdLabelKeys,
  argocdPrefix,
  listedIn,
} from "../../manifest/argocd-annotations.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import {
  compareOptionNamed,
  compareOptionValues,
  type SyncOptionLevel,
  syncOptionFacts,
  syncOptionNamed,
} from "../../manifest/sync-option-names.ts";
import type { Finding, Rule } from "../rule.ts";

const places: Readonly<Record<SyncOptionLevel, string>> = {
  application: "spec.syncPolicy.syncOptions of the Application",
  resource: `the annotation ${argocdAnnotation.syncOptions} of single objects`,
};

/** Argo CD passes over an option that it does not know: what it was for does not happen, and nothing says so. */
export const syncOptions: Rule = {
  id: "sync-options",
  severity: "error",
  subject: "argocd",
  title: "Every option, annotation and label of Argo CD is one that it knows, in a place where it looks for it.",
  reason: "Argo CD passes over an option that it does not know: what it was for does not happen, and nothing says so.",
  fix: "Mend the name or the value, or put it where Argo CD looks for it.",
  needs: "manifests",
  check: (facts) => [
    ...facts.ofKind("argoproj.io/Application").flatMap((application) => applicationFindings(facts, application)),
    ...["Application", "ApplicationSet", "AppProject"].flatMap((kind) => facts.ofKind(`argoproj.io/${kind}`)).flatMap(finalizerFindings),
    ...argocdAnnotated(facts).flatMap(annotationFindings),
  ],
};

function applicationFindings(facts: RepositoryFacts, application: Manifest): Finding[] {
  const version = facts.definitions?.controlPlaneOf(application.owner)?.argocdVersion;
  return optionFindings(application, syncOptionsOf(application.document), "application", version);
}

/** One that nobody knows is never taken off: the object cannot be deleted any more. */
function finalizerFindings(manifest: Manifest): Finding[] {
  return textsOf(manifest.document.metadata.finalizers)
    .filter((finalizer) => finalizer.includes("argocd.argoproj.io") && !argocdFinalizers.has(finalizer))
    .map((finalizer) => ({
      message: `${objectName(manifest.document)} has the finalizer '${finalizer}', which Argo CD does not know and never takes off`,
      hint: `the nearest are: ${nearestNames(finalizer, argocdFinalizers, 3)}`,
      manifest,
    }));
}

function annotationFindings(manifest: Manifest): Finding[] {
  const { annotations = {}, labels = {} } = manifest.document.metadata;
  return [
    ...optionFindings(manifest, listedIn(annotations[argocdAnnotation.syncOptions]), "resource"),
    ...listedIn(annotations[argocdAnnotation.compareOptions]).flatMap((option) => compareFinding(manifest, option) ?? []),
    ...strangers(manifest, "annotation", annotations, argocdAnnotationKeys),
    ...strangers(manifest, "label", labels, argocdLabelKeys),
  ];
}

function optionFindings(manifest: Manifest, options: readonly string[], level: SyncOptionLevel, version?: string): Finding[] {
  const findings = options.flatMap((option) => syncFinding(manifest, option, level, version) ?? []);
  if (!options.includes("Replace=true") || !options.includes("ServerSideApply=true")) return findings;
  const message = `${objectName(manifest.document)} has both sync options 'Replace=true' and 'ServerSideApply=true'`;
  return [...findings, { message, hint: "keep one of them: Replace wins, and nothing is applied on the server", manifest }];
}

function syncFinding(manifest: Manifest, option: string, level: SyncOptionLevel, version: string | undefined): Finding | undefined {
  const [name, value] = nameAndValue(option);
  const facts = syncOptionNamed(name);
  const said = `${objectName(manifest.document)} has the sync option '${option}'`;
  if (facts === undefined) {
    if (compareOptionNamed(name) !== undefined) {
      return {
        message: `${said}, which is a compare option`,
        hint: `put it into the annotation ${argocdAnnotation.compareOptions}`,
        manifest,
      };
    }
    return {
      message: `${said}, which Argo CD does not know`,
      hint: `the nearest are: ${nearestNames(name, Object.keys(syncOptionFacts))}`,
      manifest,
    };
  }
  if (!facts.levels.includes(level)) {
    const [right] = facts.levels;
    return { message: `${said}, which Argo CD does not look for there`, hint: `put it into ${places[right ?? level]}`, manifest };
  }
  if (!facts.values.includes(value)) {
    return { message: `${said}, whose value Argo CD does not know`, hint: `it may be: ${nearestNames(value, facts.values)}`, manifest };
  }
  const since = level === "application" ? facts.onApplicationsSince : undefined;
  if (since === undefined || version === undefined || compareVersions(version, since) >= 0) return undefined;
  return { message: `${said}, which Argo CD ${version} does not look for there`, hint: `it is known there from ${since} on`, manifest };
}

function compareFinding(manifest: Manifest, option: string): Finding | undefined {
  const [name, value] = nameAndValue(option);
  const values = compareOptionNamed(name);
  const said = `${objectName(manifest.document)} has the compare option '${option}'`;
  if (values === undefined) {
    if (syncOptionNamed(name) !== undefined) {
      return { message: `${said}, which is a sync option`, hint: `put it into the annotation ${argocdAnnotation.syncOptions}`, manifest };
    }
    return {
      message: `${said}, which Argo CD does not know`,
      hint: `the nearest are: ${nearestNames(name, Object.keys(compareOptionValues))}`,
      manifest,
    };
  }
  if (values.length === 0 ? !option.includes("=") : values.includes(value)) return undefined;
  const hint = values.length === 0 ? `write it alone: '${name}'` : `it may be: ${nearestNames(value, values)}`;
  return { message: `${said}, whose value Argo CD does not know`, hint, manifest };
}

function strangers(manifest: Manifest, what: string, map: Readonly<Record<string, string>>, known: ReadonlySet<string>): Finding[] {
  return Object.keys(map)
    .filter((key) => key.startsWith(argocdPrefix) && !known.has(key))
    .map((key) => ({
      message: `${objectName(manifest.document)} has the ${what} '${key}', which Argo CD does not know`,
      hint:
        argocdAnnotationKeys.has(key) || argocdLabelKeys.has(key) ? `it is no ${what}` : `the nearest are: ${nearestNames(key, known, 3)}`,
      manifest,
    }));
}

function nameAndValue(option: string): [name: string, value: string] {
  const equals = option.indexOf("=");
  return equals < 0 ? [option, ""] : [option.slice(0, equals), option.slice(equals + 1)];
}
