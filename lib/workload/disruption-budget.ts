import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import { Value } from "../definition/value.ts";
import type { UnitContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";

/**
 * How many Pods a drain may take away at a time: a number of Pods, or a percentage such as "50%".
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export class DisruptionBudget extends Value {
  readonly field: "maxUnavailable" | "minAvailable";
  readonly amount: number | string;

  private constructor(field: "maxUnavailable" | "minAvailable", amount: number | string) {
    super();
    if (typeof amount === "number" ? !Number.isInteger(amount) || amount < 0 : !/^(\d|[1-9]\d|100)%$/.test(amount)) {
      throw new UserError(`the ${field} of a disruption budget is a whole number or a percentage, got '${amount}'`);
    }
    this.field = field;
    this.amount = amount;
  }

  /** At most so many Pods may be away. */
  static maxUnavailable(amount: number | string): DisruptionBudget {
    return new DisruptionBudget("maxUnavailable", amount);
  }

  /** So many Pods must stay. */
  static minAvailable(amount: number | string): DisruptionBudget {
    return new DisruptionBudget("minAvailable", amount);
  }

  /** How many of `replicas` Pods may be away; the API server rounds percentages up. */
  allowedDisruptions(replicas: number): number {
    const amount = typeof this.amount === "number" ? this.amount : Math.ceil((replicas * Number(this.amount.slice(0, -1))) / 100);
    return this.field === "maxUnavailable" ? amount : replicas - amount;
  }
}

/** What a {@link WorkloadDisruptionBudget} needs to know. */
export interface WorkloadDisruptionBudgetProps {
  readonly context: UnitContext;
  readonly name: string;
  readonly budget: DisruptionBudget;
  /** The fewest Pods that the workload is meant to have. */
  readonly replicas: number;
  readonly podLabels: Readonly<Record<string, string>>;
}

/** A PodDisruptionBudget that can be satisfied. */
export class WorkloadDisruptionBudget extends Construct {
  /** @throws UserError when the budget allows no disruption at the smallest size: a node could never be drained */
  constructor(scope: Construct, id: string, props: WorkloadDisruptionBudgetProps) {
    super(scope, id);
    const { budget, replicas, name } = props;
    // with no Pod at all there is none to wait for
    if (replicas > 0 && budget.allowedDisruptions(replicas) < 1) {
      throw new UserError(
        `the disruption budget ${budget.field} '${budget.amount}' of '${name}' lets no node drain while there are ${replicas} replicas`,
        {
          hint: "allow one disruption at least, or run more replicas",
        },
      );
    }
    const amount =
      typeof budget.amount === "number" ? k8s.IntOrString.fromNumber(budget.amount) : k8s.IntOrString.fromString(budget.amount);
    new k8s.KubePodDisruptionBudget(this, "budget", {
      metadata: objectMetadata(props.context, name),
      spec: { [budget.field]: amount, selector: { matchLabels: props.podLabels } },
    });
  }
}
