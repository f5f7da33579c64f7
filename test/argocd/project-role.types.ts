import { ProjectPermission } from "../../lib/argocd/project-role.ts";

export const restart = ProjectPermission.applications("action/apps/Deployment/restart");

// @ts-expect-error: there is no such action
export const rollback = ProjectPermission.applications("rollback");

// @ts-expect-error: an ApplicationSet cannot be synced
export const syncSet = ProjectPermission.applicationSets("sync");

// @ts-expect-error: a project's role cannot be given accounts
export type Accounts = (typeof ProjectPermission)["accounts"];
