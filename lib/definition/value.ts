declare const brand: unique symbol;

/**
 * Base of every value with rules of its own inside props: `Probe.httpGet(…)`, `DisruptionBudget.maxUnavailable(1)`.
 * A value is replaced whole by an overlay, never merged key by key; that is why exclusive choices are values.
 */
export abstract class Value {
  /** Keeps plain objects of the same shape from being taken for a value, and values from being taken for partial objects. */
  declare protected readonly [brand]: true;
}
