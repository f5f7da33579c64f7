import type { ApplicationSetProps } from "../../lib/argocd/application-set.ts";

// @ts-expect-error: a set without a generator makes nothing
export const noGenerator: ApplicationSetProps["generators"] = [];

// @ts-expect-error: the controller adds a finalizer unless resources are preserved, and here they always are
export const cascade: ApplicationSetProps["template"]["cascade"] = true;

// @ts-expect-error: a set never deletes, so there is nothing to choose
export const policy: ApplicationSetProps["syncPolicy"] = { applicationsSync: "sync" };
