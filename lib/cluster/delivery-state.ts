/** How bad it is: `settled` is as it should be, `moving` gets there by itself, `waiting` needs a look, `broken` needs a hand. */
export type Severity = "broken" | "waiting" | "moving" | "settled";

/** Every state that something delivered can be in, worst first, each with what it means. */
export const deliveryStates = {
  missing: { severity: "broken", meaning: "in Git, not in the cluster" },
  foreign: { severity: "broken", meaning: "somebody else's object has this name" },
  deleting: { severity: "broken", meaning: "being deleted from the cluster, though Git has it" },
  diverted: { severity: "broken", meaning: "reads another path or branch than Git says" },
  failed: { severity: "broken", meaning: "the last sync failed, or Argo CD cannot compare" },
  degraded: { severity: "broken", meaning: "synced, but its resources are not healthy" },
  drifted: { severity: "broken", meaning: "the cluster was changed behind Git's back" },
  unknown: { severity: "waiting", meaning: "cannot be told: Argo CD has not compared yet, or this clone lacks the commit" },
  pending: { severity: "waiting", meaning: "Git has changes that were not synced" },
  behind: { severity: "moving", meaning: "Argo CD has not compared with the wanted commit yet" },
  progressing: { severity: "moving", meaning: "a sync is running or has just ended, or resources are starting" },
  suspended: { severity: "waiting", meaning: "resources are paused" },
  ahead: { severity: "settled", meaning: "synced and healthy at a later commit, with other files" },
  ok: { severity: "settled", meaning: "synced, healthy, and holds what the wanted commit says" },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly meaning: string }>>;

/** The state of an Application, an AppProject or an ApplicationSet. */
export type DeliveryState = keyof typeof deliveryStates;

/** Whether it is as it should be. */
export function isSettled(state: DeliveryState): boolean {
  return deliveryStates[state].severity === "settled";
}

/** Orders worst first, then by name. */
export function worstFirst(
  a: { readonly state: DeliveryState; readonly name: string },
  b: { readonly state: DeliveryState; readonly name: string },
): number {
  return ranks.indexOf(a.state) - ranks.indexOf(b.state) || (a.name < b.name ? -1 : 1);
}

const ranks = Object.keys(deliveryStates);
