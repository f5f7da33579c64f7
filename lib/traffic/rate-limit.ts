import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";

/** What an author says of a {@link LocalRateLimit}. */
export interface LocalRateLimitProps {
  readonly name: string;
  /** Labels that select the Pods, in the unit's namespace. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** How many requests each Pod takes in a minute; more are answered with 429. */
  readonly requestsPerMinute: number;
}

/**
 * Limits the requests that each Pod takes, in its sidecar; a Service's limit is this times its Pods.
 * Everything that comes in through the sidecar counts, a scrape of the application's port too.
 *
 * @throws UserError when the number is no whole number above 0, no label selects the Pods, or the system has no sidecars
 * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/#local-rate-limit
 */
export class LocalRateLimit extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<LocalRateLimitProps>) {
    super(scope, id);
    const { context, name, podLabels, requestsPerMinute } = props;
    if (!Number.isInteger(requestsPerMinute) || requestsPerMinute < 1) {
      throw new UserError(`the requests per minute of rate limit '${name}' cannot be used: got ${requestsPerMinute}`, {
        hint: "use a whole number above 0",
      });
    }
    if (Object.keys(podLabels).length === 0) {
      throw new UserError(`rate limit '${name}' selects its Pods by no label`, { hint: "an empty selector means every Pod" });
    }
    if (context.mesh !== "sidecar") {
      throw new UserError(`rate limit '${name}' has no sidecar to work in: got mesh '${context.mesh ?? "none"}'`, {
        hint: 'say mesh: "sidecar" in the system, or leave the limit out',
      });
    }
    new ApiObject(this, "envoy-filter", {
      apiVersion: "networking.istio.io/v1alpha3",
      kind: "EnvoyFilter",
      metadata: objectMetadata(context, name),
      spec: { workloadSelector: { labels: podLabels }, configPatches: [insertFilter(requestsPerMinute)] },
    });
  }
}

/** In front of all other HTTP filters of the inbound listener. */
function insertFilter(requestsPerMinute: number): object {
  return {
    applyTo: "HTTP_FILTER",
    match: {
      context: "SIDECAR_INBOUND",
      listener: { filterChain: { filter: { name: "envoy.filters.network.http_connection_manager" } } },
    },
    patch: {
      operation: "INSERT_BEFORE",
      value: {
        name: "envoy.filters.http.local_ratelimit",
        typed_config: {
          "@type": "type.googleapis.com/udpa.type.v1.TypedStruct",
          type_url: "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit",
          value: {
            stat_prefix: "http_local_rate_limiter",
            token_bucket: { max_tokens: requestsPerMinute, tokens_per_fill: requestsPerMinute, fill_interval: "60s" },
            filter_enabled: alwaysUnless("local_rate_limit_enabled"),
            filter_enforced: alwaysUnless("local_rate_limit_enforced"),
            response_headers_to_add: [{ append: false, header: { key: "x-local-rate-limit", value: "true" } }],
          },
        },
      },
    },
  };
}

/** 100 %, unless Envoy's runtime says otherwise under the key. */
function alwaysUnless(runtimeKey: string): object {
  return { runtime_key: runtimeKey, default_value: { numerator: 100, denominator: "HUNDRED" } };
}
