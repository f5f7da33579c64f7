import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import type { UnitContext } from "../definition/workload-class.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import type { Track } from "../traffic/canary-routing.ts";
import { type AutoscalingProps, WorkloadAutoscaler } from "./autoscaling.ts";
import type { ContainerProps } from "./container.ts";
import { type DisruptionBudget, WorkloadDisruptionBudget } from "./disruption-budget.ts";
import type { PodConfig } from "./pod-config.ts";
import { selectorLabels } from "./pod-labels.ts";
import { podTemplate, type PodProps } from "./pod-template.ts";
import type { RolloutStrategy } from "./rollout-strategy.ts";
import { reloadAnnotations, secretsReadBy } from "./secrets-read.ts";

/** What every workload that runs as a Deployment can say. */
export interface DeploymentProps extends PodProps {
  /** Left out of the manifest where autoscaling is given. @default Kubernetes' own: 1 */
  readonly replicas?: number;
  /** @default none */
  readonly autoscaling?: AutoscalingProps;
  /** @default none */
  readonly disruptionBudget?: DisruptionBudget;
  /** @default Kubernetes' own: a rolling update by 25 % */
  readonly strategy?: RolloutStrategy;
  /** Seconds that a new Pod must be ready before it counts. @default 0 */
  readonly minReadySeconds?: number;
  /** Seconds after which a rollout counts as failed. @default 600 */
  readonly progressDeadlineSeconds?: number;
  /** @default 10 */
  readonly revisionHistoryLimit?: number;
  /** Rolls the Pods when a Secret that they read changes; needs Stakater Reloader in the cluster. @default true where Pods read Secrets */
  readonly restartOnSecretChange?: boolean;
  /** On the Deployment, beside the unit's own. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** On the Deployment, beside the unit's own. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What a {@link WorkloadDeployment} is given by the construct around it. */
export interface WorkloadDeploymentProps {
  readonly context: UnitContext;
  /** The service's name, which its Pods are known by. */
  readonly name: string;
  /** The Deployment's name. @default the service's */
  readonly objectName?: string;
  readonly track?: Track;
  readonly own: DeploymentProps;
  /** The main container, with the construct's own ports and probes laid under. */
  readonly main: ContainerProps;
  readonly config: PodConfig;
}

/**
 * A Deployment with its autoscaler and disruption budget. Its selector is explicit and never changes; an autoscaler removes `replicas`.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class WorkloadDeployment extends Construct {
  constructor(scope: Construct, id: string, props: WorkloadDeploymentProps) {
    super(scope, id);
    const { context, name, objectName = name, track = "stable", own, config } = props;
    const labels = selectorLabels(name, track);
    const template = podTemplate(own, { context, name, track, config, main: props.main });
    const secrets = own.restartOnSecretChange === false || template.spec === undefined ? [] : secretsReadBy(template.spec);
    new k8s.KubeDeployment(this, "deployment", {
      metadata: objectMetadata(context, objectName, {
        labels: { ...own.labels },
        annotations: { ...reloadAnnotations(secrets), ...own.annotations },
      }),
      spec: {
        replicas: own.autoscaling === undefined ? own.replicas : undefined,
        selector: { matchLabels: labels },
        strategy: own.strategy?.toKubernetes(),
        minReadySeconds: own.minReadySeconds,
        progressDeadlineSeconds: own.progressDeadlineSeconds,
        revisionHistoryLimit: own.revisionHistoryLimit,
        template,
      },
    });
    if (own.autoscaling !== undefined) {
      new WorkloadAutoscaler(this, "autoscaler", { ...own.autoscaling, context, name: objectName, targetKind: "Deployment" });
    }
    if (own.disruptionBudget !== undefined) {
      new WorkloadDisruptionBudget(this, "disruption-budget", {
        context,
        name: objectName,
        budget: own.disruptionBudget,
        replicas: own.autoscaling?.minReplicas ?? own.replicas ?? 1,
        podLabels: labels,
      });
    }
  }
}
