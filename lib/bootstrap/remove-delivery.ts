import { appProjectKind, readApplication } from "../cluster/application.ts";
import type { LiveObject } from "../cluster/kubernetes-api.ts";
import { UserError } from "../errors/user-error.ts";
import { isKeelsons } from "../manifest/labels.ts";
import { type DeliveryPlace, removableDelivery } from "./removable-delivery.ts";

/** Milliseconds between two looks. */
const pause = 2_000;

/** After so many looks without any progress somebody has to help. */
const mostIdleLooks = 150;

/** What a removal may touch. */
export interface RemovalWorld extends DeliveryPlace {
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly stderr: (text: string) => void;
}

/**
 * Removes everything that Argo CD delivers, and waits for the finalizers while Argo CD still runs: nobody could carry them out after it.
 * Roots go first, for they make the others anew; then ApplicationSets, which keep what they deployed; then Applications, and what they
 * deployed with them; AppProjects last, which nobody may leave before. The project `default` stays, and those that Keelson did not make.
 *
 * @throws UserError when nothing has gone for five minutes, or something has appeared meanwhile that may not go
 */
export async function removeDelivery({ sleep, stderr, ...place }: RemovalWorld): Promise<void> {
  const { cluster, namespace } = place;
  let waitedFor = "";
  for (let idle = 0; idle < mostIdleLooks; idle++) {
    const next = await nextToGo(place);
    if (next.length === 0) return;
    for (const object of next) {
      const { apiVersion, kind, metadata } = object;
      if (metadata.deletionTimestamp === undefined) await cluster.delete({ apiVersion, kind, name: metadata.name, namespace });
    }
    const names = next.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(", ");
    if (names !== waitedFor) {
      stderr(`removing ${names}\n`);
      waitedFor = names;
      idle = 0;
    }
    await sleep(pause);
  }
  throw new UserError(`these do not go: ${waitedFor}`, {
    hint: "where data asks for a confirmation, give it by `argocd app confirm-deletion <application>`; then run this again",
  });
}

async function nextToGo(place: DeliveryPlace): Promise<readonly LiveObject[]> {
  // at every look: a root that somebody applied since the last one may have brought production back
  const { applications, sets } = await removableDelivery(place);
  const roots = applications.filter((application) => readApplication(application).project === "root");
  if (roots.length > 0) return roots;
  if (sets.length > 0) return sets;
  if (applications.length > 0) return applications;
  const projects = await place.cluster.list(appProjectKind, { namespace: place.namespace });
  // the roots' own is Pulumi's to delete
  return projects.filter(({ metadata }) => isKeelsons(metadata.labels) && !["root", "default"].includes(metadata.name));
}
