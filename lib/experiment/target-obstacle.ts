import type { DriftState } from "./drift-state.ts";
import type { DriftTarget } from "./drift-target.ts";
import type { Injection } from "./injection.ts";

interface IgnoreRule {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
  readonly managedFieldsManagers?: readonly string[];
}

/**
 * Why an injection would not be seen, or never be healed, on the Application as it is now; `undefined` where nothing is known to stand in
 * the way.
 */
export function targetObstacle({ application, document }: DriftState, target: DriftTarget, injection: Injection): string | undefined {
  const wanted = (target.application.spec as { source?: { path?: string } } | undefined)?.source?.path;
  if (application.source.path !== wanted)
    return `it reads '${application.source.path ?? "nothing"}', and Git wants '${wanted ?? "nothing"}'`;
  if (application.deletionTimestamp !== undefined) return "it is being deleted";
  if (!application.automated) return "Argo CD does not sync it by itself";
  if (!application.selfHeal) return "it does not self-heal";
  const { ignoreDifferences = [] } = (document.spec ?? {}) as { readonly ignoreDifferences?: readonly IgnoreRule[] };
  return injection.obstacle(target) ?? ignoredField(ignoreDifferences, target, injection);
}

function ignoredField(rules: readonly IgnoreRule[], { deployment }: DriftTarget, { field }: Injection): string | undefined {
  if (field === undefined) return undefined;
  const fits = (pattern: string | undefined, value: string): boolean => [undefined, "", "*", value].includes(pattern);
  for (const rule of rules) {
    if (!fits(rule.group, "apps") || !fits(rule.kind, "Deployment") || !fits(rule.name, deployment.metadata.name)) continue;
    // a rule for a part of the field may be for the very part that is changed
    if (rule.jsonPointers?.some((pointer) => `${field}/`.startsWith(`${pointer}/`) || pointer.startsWith(`${field}/`)) === true)
      return `it ignores differences in ${field}`;
    if (rule.jqPathExpressions !== undefined || rule.managedFieldsManagers !== undefined)
      return "it ignores differences by expressions or managers, which may hide this one";
  }
  return undefined;
}
