import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";

/** Some of a Service's Pods, by their labels. */
export interface DestinationRuleSubset {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What an author says of a {@link DestinationRule}. */
export interface DestinationRuleProps {
  readonly name: string;
  /** The Service's full name: `catalogue.bookshop-dev.svc.cluster.local`. */
  readonly host: string;
  /** In the order given. */
  readonly subsets: readonly DestinationRuleSubset[];
}

/**
 * The subsets of a Service that VirtualServices may name.
 *
 * @throws UserError when a subset is there twice or has no label
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class DestinationRule extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<DestinationRuleProps>) {
    super(scope, id);
    const { context, name, host, subsets } = props;
    const seen = new Set<string>();
    for (const subset of subsets) {
      if (seen.has(subset.name)) throw new UserError(`the subset '${subset.name}' of destination rule '${name}' is listed twice`);
      if (Object.keys(subset.labels).length === 0) {
        throw new UserError(`the subset '${subset.name}' of destination rule '${name}' has no label`, {
          hint: "without a label it is every Pod of the Service",
        });
      }
      seen.add(subset.name);
    }
    new ApiObject(this, "destination-rule", {
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata: objectMetadata(context, name),
      spec: { host, subsets: subsets.map((subset) => ({ name: subset.name, labels: subset.labels })) },
    });
  }
}
