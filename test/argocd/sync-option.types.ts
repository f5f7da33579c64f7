import type { CompareOption } from "../../lib/argocd/compare-option.ts";
import type { SyncPolicyProps } from "../../lib/argocd/sync-policy.ts";
import { SyncOption, syncOptionsAnnotation } from "../../lib/argocd/sync-option.ts";

type ApplicationOptions = SyncPolicyProps["syncOptions"];
type OnApplication<Option extends SyncOption<"application">> = Option;

export const both: ApplicationOptions = [SyncOption.createNamespace(), SyncOption.serverSideApply(), SyncOption.prune("confirm")];
export const onResource = syncOptionsAnnotation(SyncOption.force(), SyncOption.replace(), SyncOption.delete("confirm"));

// @ts-expect-error: Force=true on an Application would delete and make anew everything in it
export const force: ApplicationOptions = [SyncOption.force()];

// @ts-expect-error: only an Application has a namespace to create
export const createNamespace = syncOptionsAnnotation(SyncOption.createNamespace());

export type Fits = OnApplication<SyncOption<"application" | "resource">>;

// @ts-expect-error: ServerSideDiff compares, it is no sync option
export type Misplaced = OnApplication<CompareOption>;

// @ts-expect-error: and there is no such factory
export type ServerSideDiff = (typeof SyncOption)["serverSideDiff"];

// @ts-expect-error: text is not checked by anybody
export const text: ApplicationOptions = ["CreateNamespace=true"];

// @ts-expect-error: Prune=true is what happens anyhow
export const pruneTrue = SyncOption.prune("true");

// @ts-expect-error: validation is on anyhow
export const validateTrue = SyncOption.validate(true);
