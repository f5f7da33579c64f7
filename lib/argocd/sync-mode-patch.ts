import type { SyncMode } from "../definition/environment-policy.ts";
import type { JsonObject } from "./json-value.ts";

/**
 * A `templatePatch` that sets each Application's auto-sync from its list element; give the template `SyncMode.manual()` and each element
 * {@link syncModeElement}. Text in a template can hold no booleans, and `automated` must be absent where syncs are started by hand.
 *
 * @param pausable - whether elements say if auto-sync is paused; Argo CD 3.1 or later. @default they do not
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Template/#template-patch
 */
export function syncModePatch(pausable = false): string {
  return `{{- if .automated }}
spec:
  syncPolicy:
    automated:
      allowEmpty: false${pausable ? pause : ""}
      prune: {{ .automated.prune }}
      selfHeal: {{ .automated.selfHeal }}
{{- end }}
`;
}

/** The part of a list element that {@link syncModePatch} reads. */
export function syncModeElement({ automated }: SyncMode, paused?: boolean): JsonObject {
  return { automated: automated === undefined ? false : { ...automated }, ...(paused !== undefined && { paused }) };
}

const pause = `
      {{- if .paused }}
      enabled: false
      {{- end }}`;
