/** How bad it is: `settled` is as it should be, `moving` gets there by itself, `waiting` needs a look, `broken` needs a hand. */
export type Severity = "broken" | "waiting" | "moving" | "settled";

/** Every state that something delivered can be in, worst first, and how bad it is; docs/status.md says what each means. */
export const deliveryStates = {
  missing: "broken",
  foreign: "broken",
  deleting: "broken",
  diverted: "broken",
  failed: "broken",
  degraded: "broken",
  drifted: "broken",
  unknown: "waiting",
  pending: "waiting",
  behind: "moving",
  progressing: "moving",
  suspended: "waiting",
  ahead: "settled",
  ok: "settled",
} as const satisfies Readonly<Record<string, Severity>>;

/** The state of an Application, an AppProject or an ApplicationSet. */
export type DeliveryState = keyof typeof deliveryStates;

/** Whether it is as it should be. */
export function isAsItShouldBe(state: DeliveryState): boolean {
  return deliveryStates[state] === "settled";
}

/** Orders worst first, then by name. */
export function worstFirst(
  a: { readonly state: DeliveryState; readonly name: string },
  b: { readonly state: DeliveryState; readonly name: string },
): number {
  return ranks.indexOf(a.state) - ranks.indexOf(b.state) || (a.name < b.name ? -1 : 1);
}

const ranks = Object.keys(deliveryStates);
