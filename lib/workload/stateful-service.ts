import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import { protectionAnnotations } from "../argocd/protection.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { label } from "../manifest/labels.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { type DisruptionBudget, WorkloadDisruptionBudget } from "./disruption-budget.ts";
import { type NetworkProps, WorkloadNetworkAccess } from "./network-access.ts";
import { PodConfig } from "./pod-config.ts";
import { selectorLabels } from "./pod-labels.ts";
import { podTemplate, type PodProps } from "./pod-template.ts";
import { toQuantities } from "./resources.ts";
import { reloadAnnotations, secretsReadBy } from "./secrets-read.ts";
import { WorkloadServiceAccount } from "./service-account.ts";
import { toServicePorts } from "./service-ports.ts";

/** A volume of its own for every Pod of a {@link StatefulService}. */
export interface ClaimProps {
  /** A quantity: `10Gi`. */
  readonly storage: string;
  /** Where the main container mounts it. */
  readonly mountPath: string;
  /** @default the cluster's default class */
  readonly storageClassName?: string;
  /** @default ["ReadWriteOnce"] */
  readonly accessModes?: readonly string[];
}

/** A service whose Pods have names and keep data. */
export interface StatefulServiceProps extends PodProps, NetworkProps {
  /** Ports by name; at least one, served by a headless Service. */
  readonly ports: Readonly<Record<string, number>>;
  /** By name; a claim cannot be changed later, but for its size where the storage class allows. @default none */
  readonly claims?: Readonly<Record<string, ClaimProps>>;
  /** @default Kubernetes' own: 1 */
  readonly replicas?: number;
  /** @default none */
  readonly disruptionBudget?: DisruptionBudget;
  /** @default Kubernetes' own: one after the other */
  readonly podManagementPolicy?: "OrderedReady" | "Parallel";
  /** @default true where Pods read Secrets */
  readonly restartOnSecretChange?: boolean;
}

/**
 * A StatefulSet that Argo CD deletes only when somebody confirms, a headless Service, a ServiceAccount and a NetworkPolicy.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class StatefulService extends Construct {
  static servedPorts(props: StatefulServiceProps): Readonly<Record<string, number>> {
    return props.ports;
  }

  /** @throws UserError when there is no port, or two have one number */
  constructor(scope: Construct, id: string, props: WithContext<StatefulServiceProps>) {
    super(scope, id);
    const { context, ports, claims = {} } = props;
    const name = context.unit;
    if (Object.keys(ports).length === 0)
      throw new UserError(`'${name}' serves no port`, { hint: "name one at least, for example ports: { postgresql: 5432 }" });
    const config = new PodConfig(this, "config", props);
    const claimMounts = Object.entries(claims).map(([claim, { mountPath }]) => ({ name: claim, mountPath }));
    const template = podTemplate(props, { context, name, config, main: props, claimMounts });
    const secrets = props.restartOnSecretChange === false || template.spec === undefined ? [] : secretsReadBy(template.spec);
    new WorkloadServiceAccount(this, "service-account", { ...props.serviceAccount, context, name });
    new k8s.KubeService(this, "service", {
      metadata: objectMetadata(context, name),
      spec: {
        clusterIp: "None",
        selector: { [label.name]: name },
        ports: toServicePorts(name, ports),
      },
    });
    new k8s.KubeStatefulSet(this, "stateful-set", {
      metadata: objectMetadata(context, name, {
        annotations: { ...protectionAnnotations("apps/StatefulSet"), ...reloadAnnotations(secrets) },
      }),
      spec: {
        serviceName: name,
        replicas: props.replicas,
        podManagementPolicy: props.podManagementPolicy,
        selector: { matchLabels: selectorLabels(name) },
        template,
        volumeClaimTemplates:
          claimMounts.length === 0 ? undefined : Object.entries(claims).map(([claim, own]) => toClaimTemplate(claim, own)),
      },
    });
    if (props.disruptionBudget !== undefined) {
      new WorkloadDisruptionBudget(this, "disruption-budget", {
        context,
        name,
        budget: props.disruptionBudget,
        replicas: props.replicas ?? 1,
        podLabels: selectorLabels(name),
      });
    }
    new WorkloadNetworkAccess(this, "network-access", { context, name, own: props, ports });
  }
}

function toClaimTemplate(name: string, props: ClaimProps): k8s.KubePersistentVolumeClaimProps {
  return {
    metadata: { name },
    spec: {
      accessModes: [...(props.accessModes ?? ["ReadWriteOnce"])],
      storageClassName: props.storageClassName,
      resources: { requests: toQuantities({ storage: props.storage }) },
    },
  };
}
