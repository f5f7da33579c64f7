import { hookAnnotations } from "../../lib/argocd/hook.ts";

export const migration = hookAnnotations({ phases: ["PreSync"] });

// @ts-expect-error: a hook without a phase is none
export const none = hookAnnotations({ phases: [] });

// @ts-expect-error: Helm's name, not Argo CD's
export const helm = hookAnnotations({ phases: ["pre-install"] });

// @ts-expect-error: Helm's policy, not Argo CD's
export const helmPolicy = hookAnnotations({ phases: ["Sync"], deletePolicies: ["before-hook-creation"] });
