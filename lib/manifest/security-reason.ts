import { fieldsOf } from "./fields-of.ts";
import { annotation } from "./labels.ts";
import type { ObjectMetadata } from "./manifest.ts";

/** Why an object, or the Pods of a template, have more rights than the restricted standard gives them; `undefined` where nobody says so. */
export function securityReasonOf(metadata: Pick<ObjectMetadata, "annotations"> | undefined): string | undefined {
  const reason = fieldsOf(metadata?.annotations)[annotation.securityReason];
  return typeof reason === "string" && reason.trim() !== "" ? reason : undefined;
}
