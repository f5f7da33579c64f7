import type { ApplicationReport } from "../cluster/application-report.ts";
import type { LiveResource } from "../cluster/application.ts";
import type { StatusReading } from "./open-status.ts";

/** A reading as programs read it; what is not known is left out. */
export function statusAsJson({ controlPlane, context, revision, at, report }: StatusReading): object {
  return {
    ok: report.ok,
    controlPlane: controlPlane.name,
    namespace: controlPlane.namespace,
    context,
    revision,
    at: at.toISOString(),
    applications: report.applications.map(applicationAsJson),
    objects: report.objects,
    notInGit: report.notInGit,
  };
}

function applicationAsJson({ live, lastSync, outOfSync, holds, ...about }: ApplicationReport): object {
  return {
    ...about,
    holds,
    sync: live?.syncStatus,
    health: live?.healthStatus,
    revision: live?.revision,
    automated: live?.automated,
    lastSync,
    drifted: outOfSync.drifted.map(resourceAsJson),
    pending: outOfSync.pending.map(resourceAsJson),
    prunable: outOfSync.prunable.map(resourceAsJson),
    conditions: live?.conditions ?? [],
  };
}

function resourceAsJson({ group, kind, namespace, name }: LiveResource): object {
  return { group, kind, namespace, name };
}
