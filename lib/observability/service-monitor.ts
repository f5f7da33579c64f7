import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { requirePrometheusDuration } from "./prometheus-duration.ts";

/** What an author says of a {@link ServiceMonitor}. */
export interface ServiceMonitorProps {
  readonly name: string;
  /** Labels that select the Services, in the unit's namespace. */
  readonly selector: Readonly<Record<string, string>>;
  /** The Service's port, by name. */
  readonly port: string;
  /** @default "/metrics" */
  readonly path?: string;
  /** How often: `30s`. @default Prometheus' own */
  readonly interval?: string;
  /** Labels that a Prometheus selects its monitors by. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Tells Prometheus to scrape the Pods behind a Service.
 *
 * @throws UserError when no label selects the Service, or the interval is no duration
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
 */
export class ServiceMonitor extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<ServiceMonitorProps>) {
    super(scope, id);
    const { context, name, selector, port, path = "/metrics", interval, labels } = props;
    if (Object.keys(selector).length === 0) {
      throw new UserError(`service monitor '${name}' selects by no label`, { hint: "an empty selector means every Service" });
    }
    new ApiObject(this, "service-monitor", {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: objectMetadata(context, name, { labels }),
      spec: {
        selector: { matchLabels: selector },
        endpoints: [
          {
            port,
            path,
            ...(interval !== undefined && { interval: requirePrometheusDuration(`interval of service monitor '${name}'`, interval) }),
          },
        ],
      },
    });
  }
}
