import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { requirePrometheusDuration } from "./prometheus-duration.ts";

/** A condition that somebody should hear of. @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
export interface Alert {
  /** Its name. */
  readonly alert: string;
  /** The condition, in PromQL. */
  readonly expr: string;
  /** How long the condition must hold: `30m`. @default it fires at once */
  readonly for?: string;
  /** What Alertmanager routes by. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** What people read; may hold templates. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Alerts that are evaluated together. */
export interface AlertGroup {
  readonly name: string;
  readonly rules: readonly Alert[];
}

/** What an author says of a {@link PrometheusRule}. */
export interface PrometheusRuleProps {
  readonly name: string;
  /** In the order given. */
  readonly groups: readonly AlertGroup[];
  /** Labels that a Prometheus selects its rules by. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Alerts for Prometheus.
 *
 * @throws UserError when there is no group or one without an alert, when a group is there twice, or when `for` is no duration
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export class PrometheusRule extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<PrometheusRuleProps>) {
    super(scope, id);
    const { context, name, groups, labels } = props;
    if (groups.length === 0) throw new UserError(`prometheus rule '${name}' has no group`);
    const seen = new Set<string>();
    for (const group of groups) {
      if (seen.has(group.name)) throw new UserError(`the group '${group.name}' of prometheus rule '${name}' is listed twice`);
      if (group.rules.length === 0) throw new UserError(`the group '${group.name}' of prometheus rule '${name}' has no alert`);
      seen.add(group.name);
    }
    new ApiObject(this, "prometheus-rule", {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: objectMetadata(context, name, { labels }),
      spec: { groups: groups.map((group) => ({ name: group.name, rules: group.rules.map(alertRule) })) },
    });
  }
}

function alertRule({ alert, expr, for: duration, labels, annotations }: Alert): object {
  return {
    alert,
    expr,
    ...(duration !== undefined && { for: requirePrometheusDuration(`duration of alert '${alert}'`, duration) }),
    ...(labels && { labels }),
    ...(annotations && { annotations }),
  };
}
