import type { KubernetesObject } from "../manifest/manifest.ts";
import { describeError } from "./describe-error.ts";
import { fieldPath } from "./field-path.ts";
import { type SchemaError, validatorOf } from "./load-validators.ts";
import type { SchemaViolation } from "./schema-violation.ts";
import { withoutNulls } from "./without-nulls.ts";

const none: readonly SchemaViolation[] = [];

/**
 * What the schema of an object's kind has against it: all of it, in the order of the fields.
 * The schemas are those that API servers publish, with every object closed: a field that nobody knows is an error.
 *
 * @returns `"unknown kind"` where there is no schema: nothing can be said
 */
export function schemaViolations(document: KubernetesObject): readonly SchemaViolation[] | "unknown kind" {
  const validator = validatorOf(document);
  if (validator === undefined) return "unknown kind";
  if (validator(document)) return none;
  const asWritten = validator.errors ?? [];
  // to an API server a field that is null is not there
  const judged = withoutNulls(document);
  if (validator(judged)) return none;
  const errors = judged === document ? asWritten : (validator.errors ?? []);
  return ofWholeChoices(errors).map((error) => ({ path: fieldPath(judged, error), ...describeError(judged, error) }));
}

/** The errors of a choice's branches say what each of them asks, only one of which is wanted: the choice's own error stands for them. */
function ofWholeChoices(errors: readonly SchemaError[]): readonly SchemaError[] {
  const whole = errors.filter(({ branch }) => branch !== true);
  return whole.length > 0 ? whole : errors;
}
