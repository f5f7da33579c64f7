import type { UnitContext } from "../definition/workload-class.ts";
import { label } from "../manifest/labels.ts";
import type { Track } from "../traffic/canary-routing.ts";

/**
 * The labels by which a Deployment, StatefulSet, budget or spread knows its own Pods: stable for ever, since selectors cannot be changed.
 * The track is part of them from the start, so that a canary can be added later without touching the stable workload.
 */
export function selectorLabels(name: string, track: Track = "stable"): Record<string, string> {
  return { [label.name]: name, [label.track]: track };
}

/** The labels of a workload's Pods: the selector's, and those of the unit that do not change over its life. */
export function podLabels(
  context: UnitContext,
  name: string,
  track: Track,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const { [label.partOf]: partOf, [label.environment]: environment } = context.labels;
  return {
    ...(partOf !== undefined && { [label.partOf]: partOf }),
    ...(environment !== undefined && { [label.environment]: environment }),
    ...extra,
    ...selectorLabels(name, track),
  };
}
