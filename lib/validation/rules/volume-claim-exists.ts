import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type KubernetesObject, type Manifest } from "../../manifest/manifest.ts";
import { containersOf, type VolumeDocument } from "../../manifest/pod-spec.ts";
import { placeOf, type RepositoryFacts, type WorkloadFact } from "../../manifest/repository-facts.ts";
import { asWarning } from "../as-warning.ts";
import { missingHint } from "../missing-hint.ts";
import type { Finding, Rule } from "../rule.ts";

interface StatefulSetSpec {
  readonly serviceName?: string;
  readonly volumeClaimTemplates?: readonly { readonly metadata?: { readonly name?: string } }[];
}

/** A Pod without its claim stays `Pending` for ever; a StatefulSet without its Service has Pods that nobody finds by name. */
export const volumeClaimExists: Rule = {
  id: "volume-claim-exists",
  severity: "error",
  subject: "references",
  title: "Every claim that a Pod mounts is made, every claim that a StatefulSet makes is mounted, and its Service is headless.",
  reason: "A Pod without its claim stays Pending for ever; a StatefulSet without its headless Service has Pods that nobody finds by name.",
  fix: "Render the PersistentVolumeClaim or the Service beside the workload, or mend the name.",
  needs: "manifests",
  check: (facts) => [
    ...facts.workloads.flatMap((workload) => missingClaims(facts, workload)),
    ...facts.ofKind("apps/StatefulSet").flatMap((statefulSet) => serviceFinding(facts, statefulSet) ?? []),
    ...facts.workloads.flatMap(unusedClaims),
  ],
};

function missingClaims(facts: RepositoryFacts, { manifest, place, template }: WorkloadFact): Finding[] {
  const findings: Finding[] = [];
  const missing = new Set<string>();
  for (const { persistentVolumeClaim } of entriesOf<VolumeDocument>(template.spec.volumes)) {
    const claim = persistentVolumeClaim?.claimName;
    if (typeof claim !== "string" || missing.has(claim) || !facts.declares(place)) continue;
    if (facts.find(place, "PersistentVolumeClaim", claim) !== undefined || isOfStatefulSet(facts, place, claim)) continue;
    missing.add(claim);
    findings.push({
      message: `${objectName(manifest.document)} mounts PersistentVolumeClaim '${claim}', which nothing makes in '${manifest.document.metadata.namespace ?? ""}'`,
      hint: missingHint("render it beside the workload", claim, facts.namesIn(place, "PersistentVolumeClaim")),
      manifest,
    });
  }
  return findings;
}

/** Whether a StatefulSet of the place makes a claim: `<template>-<StatefulSet>-<number>`. */
function isOfStatefulSet(facts: RepositoryFacts, place: string, claim: string): boolean {
  const dash = claim.lastIndexOf("-");
  if (!/^\d+$/.test(claim.slice(dash + 1))) return false;
  const stem = claim.slice(0, dash);
  return facts
    .workloadsIn(place)
    .some(({ manifest: { document } }) => claimTemplates(document).some((template) => stem === `${template}-${document.metadata.name}`));
}

function claimTemplates(document: KubernetesObject): readonly string[] {
  if (document.kind !== "StatefulSet") return [];
  const { volumeClaimTemplates } = fieldsOf(document.spec as StatefulSetSpec | undefined);
  return entriesOf(volumeClaimTemplates).flatMap(({ metadata }) => metadata?.name ?? []);
}

function serviceFinding(facts: RepositoryFacts, manifest: Manifest): Finding | undefined {
  const { serviceName } = fieldsOf(manifest.document.spec as StatefulSetSpec | undefined);
  const place = placeOf(manifest);
  if (typeof serviceName !== "string" || serviceName === "" || !facts.declares(place)) return undefined;
  const service = facts.find(place, "Service", serviceName);
  const says = `${objectName(manifest.document)} names its Pods by Service '${serviceName}'`;
  if (service === undefined) {
    const hint = missingHint("render a headless Service of that name", serviceName, facts.namesIn(place, "Service"));
    return { message: `${says}, which nothing makes in '${manifest.document.metadata.namespace ?? ""}'`, hint, manifest };
  }
  const { clusterIP } = fieldsOf(service.document.spec as { readonly clusterIP?: string } | undefined);
  if (clusterIP === "None") return undefined;
  // only who calls the Pods by name misses anything
  return asWarning({
    message: `${says}, which is not headless`,
    hint: "say clusterIP: None in the Service, or name one that has it",
    manifest,
  });
}

/** Templates whose claims are made, paid for and never seen by a container. */
function unusedClaims({ manifest, template }: WorkloadFact): Finding[] {
  const templates = claimTemplates(manifest.document);
  if (templates.length === 0) return [];
  const used = new Set<string>();
  for (const { volumeMounts, volumeDevices } of containersOf(template.spec)) {
    for (const { name } of [...entriesOf(volumeMounts), ...entriesOf(volumeDevices)]) used.add(name);
  }
  return templates
    .filter((name) => !used.has(name))
    .map((name) => ({
      message: `${objectName(manifest.document)} claims volume '${name}', which no container mounts`,
      hint: "mount it, or take it out of volumeClaimTemplates",
      manifest,
    }));
}
