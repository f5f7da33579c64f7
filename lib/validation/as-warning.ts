import type { Finding } from "./rule.ts";

/** A finding that a careful team may well live with, of a rule whose other findings are errors. */
export function asWarning(finding: Finding): Finding & { readonly severity: "warning" } {
  return { ...finding, severity: "warning" };
}
