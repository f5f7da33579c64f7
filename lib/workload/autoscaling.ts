import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import type { UnitContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";

/** How a workload grows and shrinks; `spec.replicas` is then left to the autoscaler. */
export interface AutoscalingProps {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Average CPU use, in percent of the request. @default none; one of cpu and memory at least */
  readonly cpu?: number;
  /** Average memory use, in percent of the request. @default none */
  readonly memory?: number;
  /** @default Kubernetes' own: down to what is needed after five minutes, up at once */
  readonly behavior?: k8s.HorizontalPodAutoscalerBehaviorV2;
}

/** A HorizontalPodAutoscaler. @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ */
export class WorkloadAutoscaler extends Construct {
  /** @throws UserError when the bounds are not 1 <= minReplicas <= maxReplicas, there is no metric, or one is no percentage */
  constructor(
    scope: Construct,
    id: string,
    props: AutoscalingProps & { readonly context: UnitContext; readonly name: string; readonly targetKind: "Deployment" | "StatefulSet" },
  ) {
    super(scope, id);
    const { name, minReplicas, maxReplicas } = props;
    if (!(Number.isInteger(minReplicas) && Number.isInteger(maxReplicas) && minReplicas >= 1 && minReplicas <= maxReplicas)) {
      throw new UserError(`the autoscaling of '${name}' needs 1 <= minReplicas <= maxReplicas, got ${minReplicas} and ${maxReplicas}`);
    }
    const metrics = (["cpu", "memory"] as const).flatMap((resource) => {
      const averageUtilization = props[resource];
      if (averageUtilization !== undefined && !(Number.isInteger(averageUtilization) && averageUtilization >= 1)) {
        throw new UserError(`the autoscaling of '${name}' needs a whole percentage of ${resource} above 0, got ${averageUtilization}`);
      }
      return averageUtilization === undefined
        ? []
        : [{ type: "Resource", resource: { name: resource, target: { type: "Utilization", averageUtilization } } }];
    });
    if (metrics.length === 0)
      throw new UserError(`the autoscaling of '${name}' has no metric`, { hint: "give cpu or memory in percent of the request" });
    new k8s.KubeHorizontalPodAutoscalerV2(this, "autoscaler", {
      metadata: objectMetadata(props.context, name),
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: props.targetKind, name },
        minReplicas,
        maxReplicas,
        metrics,
        behavior: props.behavior,
      },
    });
  }
}
