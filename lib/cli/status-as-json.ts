import type { ApplicationReport } from "../cluster/application-report.ts";
import type { LiveResource } from "../cluster/application.ts";
import type { BreakGlass } from "../definition/break-glass.ts";
import type { Interventions } from "../synth/interventions.ts";
import { holdAsJson } from "./hold-as-json.ts";
import type { StatusReading } from "./open-status.ts";

/** A reading as programs read it; what is not known is left out. */
export function statusAsJson({ controlPlane, context, revision, at, report, interventions }: StatusReading): object {
  return {
    ok: report.ok,
    controlPlane: controlPlane.name,
    namespace: controlPlane.namespace,
    context,
    revision,
    at: at.toISOString(),
    applications: report.applications.map((entry) => applicationAsJson(entry, interventions.get(entry.name), at.toISOString())),
    objects: report.objects,
    notInGit: report.notInGit,
  };
}

function applicationAsJson(
  { live, lastSync, outOfSync, holds, ...about }: ApplicationReport,
  interventions: Interventions | undefined,
  now: string,
): object {
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
    ...(interventions !== undefined &&
      interventions.holds.length > 0 && { held: interventions.holds.map((hold) => holdAsJson(hold, now)) }),
    ...(interventions?.breakGlass !== undefined && { breakGlass: breakGlassAsJson(interventions.breakGlass, now) }),
  };
}

function resourceAsJson({ group, kind, namespace, name }: LiveResource): object {
  return { group, kind, namespace, name };
}

function breakGlassAsJson({ off, until, owner, reason, ticket }: BreakGlass, now: string): object {
  return { off, until, by: owner.name, reason, ticket, ended: until < now.slice(0, until.length) };
}
