import { fieldsOf } from "../../manifest/fields-of.ts";
import type { KubernetesObject } from "../../manifest/manifest.ts";
import { shareOf } from "./share.ts";

/** How the Pods of a Deployment are replaced. */
export interface Strategy {
  readonly type: string;
  /** How many Pods there may be on top while a rollout goes on. */
  readonly surge: number;
  /** How many Pods may be missing meanwhile. */
  readonly unavailable: number;
}

interface RollingUpdate {
  readonly maxSurge?: unknown;
  readonly maxUnavailable?: unknown;
}

/** The strategy of a Deployment with so many Pods; the API's default is a quarter either way. */
export function strategyOf(document: KubernetesObject, count: number): Strategy {
  const { type = "RollingUpdate", rollingUpdate } = writtenStrategy(document, "strategy");
  const { maxSurge = "25%", maxUnavailable = "25%" } = fieldsOf(rollingUpdate);
  if (type !== "RollingUpdate") return { type, surge: 0, unavailable: count };
  return { type, surge: shareOf(maxSurge, count, "up") ?? 1, unavailable: shareOf(maxUnavailable, count, "down") ?? 0 };
}

/** The field as it is written: `strategy` of a Deployment, `updateStrategy` of a StatefulSet or DaemonSet. */
export function writtenStrategy(
  document: KubernetesObject,
  field: "strategy" | "updateStrategy",
): { readonly type?: string; readonly rollingUpdate?: RollingUpdate & { readonly partition?: unknown } } {
  return fieldsOf(fieldsOf(document.spec as Record<typeof field, object> | undefined)[field]);
}
