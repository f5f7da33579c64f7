import { fieldsOf } from "../../manifest/fields-of.ts";
import type { KubernetesObject } from "../../manifest/manifest.ts";

/** @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-resource-metrics */
export interface MetricDocument {
  readonly type?: string;
  readonly resource?: MeasuredResource;
  readonly containerResource?: MeasuredResource;
}

interface MeasuredResource {
  readonly name?: string;
  /** Of a `containerResource`. */
  readonly container?: string;
  readonly target?: { readonly type?: string; readonly averageUtilization?: number };
}

/** A resource whose use is measured in percent of what is requested. */
export interface MeteredResource {
  readonly resource: string;
  /** `undefined`: of all containers together. */
  readonly container: string | undefined;
}

/** The resources that an autoscaler measures against requests: `cpu` where it names no metric at all, as the API server fills in. */
export function meteredResources(autoscaler: KubernetesObject, metrics: readonly MetricDocument[]): MeteredResource[] {
  const cpu = { resource: "cpu", container: undefined };
  if (metrics.length === 0 || autoscaler.apiVersion === "autoscaling/v1") return [cpu];
  const metered: MeteredResource[] = [];
  for (const { type, resource, containerResource } of metrics) {
    const measured = type === "Resource" ? resource : type === "ContainerResource" ? containerResource : undefined;
    const { name, container, target } = fieldsOf(measured);
    if (name !== undefined && fieldsOf(target).type === "Utilization") metered.push({ resource: name, container });
  }
  return metered;
}
