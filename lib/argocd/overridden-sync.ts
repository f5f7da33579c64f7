import type { SwitchedOff } from "../definition/break-glass.ts";
import { compareVersions } from "../definition/compare-versions.ts";
import { SyncMode } from "../definition/environment-policy.ts";
import { argocdSince } from "../manifest/component-facts.ts";
import type { SyncPolicyProps } from "./sync-policy.ts";

/**
 * A sync mode with something switched off. Paused auto-sync keeps in Git what it may do, where the targeted Argo CD knows how; else the whole mode goes.
 *
 * @param off - `undefined`: nothing
 * @param argocdVersion - the targeted version
 */
export function overriddenSync(
  mode: SyncMode,
  off: SwitchedOff | undefined,
  argocdVersion: string,
): Pick<SyncPolicyProps, "mode" | "enabled"> {
  if (off === undefined || mode.automated === undefined) return { mode };
  if (off === "selfHeal") return { mode: SyncMode.automated({ ...mode.automated, selfHeal: false }) };
  const knowsPause = compareVersions(argocdVersion, argocdSince["spec.syncPolicy.automated.enabled"]) >= 0;
  return knowsPause ? { mode, enabled: false } : { mode: SyncMode.manual() };
}
