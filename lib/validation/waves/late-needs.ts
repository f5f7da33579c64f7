import { entriesOf } from "../../manifest/entries-of.ts";
import { secretMakings } from "../../manifest/made-secrets.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import type { VolumeDocument } from "../../manifest/pod-spec.ts";
import { placeOf, type RepositoryFacts, type WorkloadFact } from "../../manifest/repository-facts.ts";
import { firstStepOf, isBefore, type SyncStep } from "../../manifest/sync-step.ts";

/** A workload, and something that its Pods need, which the same Application applies only later. */
export interface LateNeed {
  readonly workload: Manifest;
  readonly step: SyncStep;
  readonly need: Manifest;
  readonly needStep: SyncStep;
}

const known = new WeakMap<RepositoryFacts, readonly LateNeed[]>();

/**
 * Everything that Pods need before they run (Secrets, ConfigMaps, their ServiceAccount, claims) and that the same Application applies in a later step;
 * found once for all rules. A CronJob is left out: it is healthy before its first Pod runs.
 */
export function lateNeeds(facts: RepositoryFacts): readonly LateNeed[] {
  let late = known.get(facts);
  if (late === undefined) {
    late = findLateNeeds(facts);
    known.set(facts, late);
  }
  return late;
}

function findLateNeeds(facts: RepositoryFacts): LateNeed[] {
  const late: LateNeed[] = [];
  const secretMakers = makersOfSecrets(facts);
  for (const workload of facts.workloads) {
    const { manifest } = workload;
    const delivery = facts.deliveries?.of(manifest);
    const step = firstStepOf(manifest.document);
    if (delivery === undefined || step === undefined || manifest.document.kind === "CronJob") continue;
    const named = new Set<Manifest>();
    for (const makers of needsOf(facts, workload, secretMakers)) {
      // of several makers one in time is enough, and what somebody else makes is not known
      const [need] = makers;
      if (need === undefined || named.has(need)) continue;
      if (!makers.every((maker) => isLater(maker, step) && facts.deliveries?.of(maker) === delivery)) continue;
      named.add(need);
      const needStep = firstStepOf(need.document);
      if (needStep !== undefined) late.push({ workload: manifest, step, need, needStep });
    }
  }
  return late;
}

function isLater({ document }: Manifest, step: SyncStep): boolean {
  const own = firstStepOf(document);
  return own !== undefined && isBefore(step, own);
}

/** By place and name. */
type Makers = ReadonlyMap<string, ReadonlyMap<string, readonly Manifest[]>>;

function makersOfSecrets(facts: RepositoryFacts): Makers {
  const places = new Map<string, Map<string, Manifest[]>>();
  for (const { manifest, name } of secretMakings(facts)) {
    const place = placeOf(manifest);
    const names = places.get(place) ?? new Map<string, Manifest[]>();
    places.set(place, names.set(name, [...(names.get(name) ?? []), manifest]));
  }
  return places;
}

/** The manifests that make each thing a workload needs; empty where nothing in the repository does. */
function needsOf(
  facts: RepositoryFacts,
  { place, template: { spec }, reads }: WorkloadFact,
  secretMakers: Makers,
): (readonly Manifest[])[] {
  const needs: (readonly Manifest[])[] = [];
  const add = (kind: string, name: string): void => {
    const found = facts.find(place, kind, name);
    if (found !== undefined) needs.push([found]);
  };
  for (const { kind, name, optional } of reads) {
    if (optional) continue;
    if (kind === "Secret") needs.push(secretMakers.get(place)?.get(name) ?? []);
    else add(kind, name);
  }
  if (spec.serviceAccountName !== undefined) add("ServiceAccount", spec.serviceAccountName);
  for (const { persistentVolumeClaim } of entriesOf<VolumeDocument>(spec.volumes)) {
    if (persistentVolumeClaim?.claimName !== undefined) add("PersistentVolumeClaim", persistentVolumeClaim.claimName);
  }
  return needs;
}
