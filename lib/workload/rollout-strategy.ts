import { k8s } from "cdk8s-plus-28";
import { Value } from "../definition/value.ts";
import { UserError } from "../errors/user-error.ts";

/**
 * How a Deployment replaces its Pods. Numbers of Pods, or percentages such as "25%".
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 */
export class RolloutStrategy extends Value {
  readonly kind: "RollingUpdate" | "Recreate";
  readonly maxUnavailable: number | string | undefined;
  readonly maxSurge: number | string | undefined;

  private constructor(kind: "RollingUpdate" | "Recreate", maxUnavailable?: number | string, maxSurge?: number | string) {
    super();
    this.kind = kind;
    this.maxUnavailable = maxUnavailable;
    this.maxSurge = maxSurge;
  }

  /**
   * Pod by Pod. Kubernetes' own defaults are 25 % for both.
   * @throws UserError when one is no number of Pods and no percentage, or both are zero: no Pod could ever be replaced
   */
  static rollingUpdate(props: { readonly maxUnavailable: number | string; readonly maxSurge: number | string }): RolloutStrategy {
    for (const [field, amount] of Object.entries(props)) requireAmount(field, amount);
    const nothing = (amount: number | string): boolean => amount === 0 || amount === "0%";
    if (nothing(props.maxUnavailable) && nothing(props.maxSurge)) {
      throw new UserError("a rolling update with maxUnavailable 0 and maxSurge 0 can replace no Pod", { hint: "allow one of the two" });
    }
    return new RolloutStrategy("RollingUpdate", props.maxUnavailable, props.maxSurge);
  }

  /** All old Pods end before the first new one starts: for programs that cannot run twice at a time. */
  static recreate(): RolloutStrategy {
    return new RolloutStrategy("Recreate");
  }

  /** The strategy as a Deployment's field. */
  toKubernetes(): k8s.DeploymentStrategy {
    if (this.kind === "Recreate") return { type: "Recreate" };
    // the type is the API's default, and so left out
    return { rollingUpdate: { maxUnavailable: intOrString(this.maxUnavailable), maxSurge: intOrString(this.maxSurge) } };
  }
}

function requireAmount(field: string, amount: number | string): void {
  if (typeof amount === "number" ? Number.isInteger(amount) && amount >= 0 : /^(0|[1-9]\d*)%$/.test(amount)) return;
  throw new UserError(`the ${field} of a rolling update is a whole number or a percentage, got '${amount}'`);
}

function intOrString(amount: number | string | undefined): k8s.IntOrString | undefined {
  if (amount === undefined) return undefined;
  return typeof amount === "number" ? k8s.IntOrString.fromNumber(amount) : k8s.IntOrString.fromString(amount);
}
