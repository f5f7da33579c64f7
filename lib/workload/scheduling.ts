import type { k8s } from "cdk8s-plus-28";
import { Value } from "../definition/value.ts";
import { UserError } from "../errors/user-error.ts";

/** Keeps the Pods of a workload on different nodes or zones. */
export class AntiAffinity extends Value {
  readonly mode: "preferred" | "required";
  readonly topologyKey: string;
  readonly weight: number;

  private constructor(mode: "preferred" | "required", topologyKey: string, weight: number) {
    super();
    this.mode = mode;
    this.topologyKey = topologyKey;
    this.weight = weight;
  }

  /**
   * Where there is room; a Pod that finds none is placed all the same.
   * @param topologyKey - @default "kubernetes.io/hostname"
   * @param weight - 1 to 100. @default 100
   */
  static preferred(topologyKey = "kubernetes.io/hostname", weight = 100): AntiAffinity {
    if (!Number.isInteger(weight) || weight < 1 || weight > 100) {
      throw new UserError(`the weight of an anti-affinity is a whole number from 1 to 100, got ${weight}`);
    }
    return new AntiAffinity("preferred", topologyKey, weight);
  }

  /** Never two in one place: more Pods than places stay Pending, and a rolling update with a surge may stall. */
  static required(topologyKey = "kubernetes.io/hostname"): AntiAffinity {
    return new AntiAffinity("required", topologyKey, 100);
  }
}

/** Spreads the Pods of a workload evenly. @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ */
export interface TopologySpread {
  /** `topology.kubernetes.io/zone`, `kubernetes.io/hostname`. */
  readonly topologyKey: string;
  /** @default 1 */
  readonly maxSkew?: number;
  /** @default "ScheduleAnyway" */
  readonly whenUnsatisfiable?: "ScheduleAnyway" | "DoNotSchedule";
}

/** Where Pods may run. */
export interface SchedulingProps {
  /** @default none */
  readonly podAntiAffinity?: AntiAffinity;
  /** Labels of nodes that the Pods must run on. @default any node */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** @default none */
  readonly nodeAffinity?: k8s.NodeAffinity;
  /** @default none */
  readonly podAffinity?: k8s.PodAffinity;
  /** @default none */
  readonly tolerations?: readonly k8s.Toleration[];
  /** @default none */
  readonly topologySpreadConstraints?: readonly TopologySpread[];
  /** @default the cluster's default class */
  readonly priorityClassName?: string;
}

/**
 * The fields of a Pod that say where it runs.
 *
 * @param podLabels - the labels by which the workload's own Pods are known
 */
export function toKubernetesScheduling(props: SchedulingProps, podLabels: Readonly<Record<string, string>>): Partial<k8s.PodSpec> {
  const labelSelector = { matchLabels: podLabels };
  const spread = props.topologySpreadConstraints ?? [];
  const nodeAffinity = unlessEmpty(props.nodeAffinity);
  const podAffinity = unlessEmpty(props.podAffinity);
  const podAntiAffinity = toKubernetesAntiAffinity(props.podAntiAffinity, labelSelector);
  return {
    affinity: (nodeAffinity ?? podAffinity ?? podAntiAffinity) ? { nodeAffinity, podAffinity, podAntiAffinity } : undefined,
    nodeSelector: unlessEmpty(props.nodeSelector),
    tolerations: props.tolerations === undefined || props.tolerations.length === 0 ? undefined : [...props.tolerations],
    topologySpreadConstraints:
      spread.length === 0
        ? undefined
        : spread.map(({ topologyKey, maxSkew = 1, whenUnsatisfiable = "ScheduleAnyway" }) => ({
            topologyKey,
            maxSkew,
            whenUnsatisfiable,
            labelSelector,
          })),
    priorityClassName: props.priorityClassName,
  };
}

/** An empty map asks for nothing: how a smoke test says that it does not want its service's. */
function unlessEmpty<T extends object>(map: T | undefined): T | undefined {
  return map === undefined || Object.keys(map).length === 0 ? undefined : map;
}

function toKubernetesAntiAffinity(value: AntiAffinity | undefined, labelSelector: k8s.LabelSelector): k8s.PodAntiAffinity | undefined {
  if (value === undefined) return undefined;
  const term = { labelSelector, topologyKey: value.topologyKey };
  return value.mode === "required"
    ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
    : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: value.weight, podAffinityTerm: term }] };
}
