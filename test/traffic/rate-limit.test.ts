import { describe, expect, test } from "@jest/globals";
import { LocalRateLimit } from "../../lib/traffic/rate-limit.ts";
import type { LocalRateLimitProps } from "../../lib/traffic/rate-limit.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext({ mesh: "sidecar" });
const props: Required<LocalRateLimitProps> = {
  name: "checkout-rate-limit",
  podLabels: { "app.kubernetes.io/name": "checkout" },
  requestsPerMinute: 100,
};

function render(limit: LocalRateLimitProps, where = context) {
  return renderOne((scope) => new LocalRateLimit(scope, "limit", { context: where, ...limit }));
}

describe("LocalRateLimit", () => {
  test("every prop reaches the manifest: one token bucket a minute in each sidecar", () => {
    const everyRequest = { numerator: 100, denominator: "HUNDRED" };
    expect(render(props)).toEqual({
      apiVersion: "networking.istio.io/v1alpha3",
      kind: "EnvoyFilter",
      metadata: { name: "checkout-rate-limit", namespace: "bookshop-dev", labels: context.labels },
      spec: {
        workloadSelector: { labels: { "app.kubernetes.io/name": "checkout" } },
        configPatches: [
          {
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
                    token_bucket: { max_tokens: 100, tokens_per_fill: 100, fill_interval: "60s" },
                    filter_enabled: { runtime_key: "local_rate_limit_enabled", default_value: everyRequest },
                    filter_enforced: { runtime_key: "local_rate_limit_enforced", default_value: everyRequest },
                    response_headers_to_add: [{ append: false, header: { key: "x-local-rate-limit", value: "true" } }],
                  },
                },
              },
            },
          },
        ],
      },
    });
  });

  test("takes one request a minute", () => {
    expect(JSON.stringify(render({ ...props, requestsPerMinute: 1 }))).toContain('"max_tokens":1,"tokens_per_fill":1');
  });

  test.each([0, -5, 1.5])("fails for %d requests a minute", (requestsPerMinute) => {
    expect(caught(() => render({ ...props, requestsPerMinute }))).toBe(
      `the requests per minute of rate limit 'checkout-rate-limit' cannot be used: got ${requestsPerMinute}\nhint: use a whole number above 0`,
    );
  });

  test("fails without a label for the Pods", () => {
    expect(caught(() => render({ ...props, podLabels: {} }))).toBe(
      "rate limit 'checkout-rate-limit' selects its Pods by no label\nhint: an empty selector means every Pod",
    );
  });

  test.each([
    ["ambient", "ambient"],
    [undefined, "none"],
  ] as const)("fails where the mesh is %s", (mesh, got) => {
    expect(caught(() => render(props, bookshopContext({ mesh })))).toBe(
      `rate limit 'checkout-rate-limit' has no sidecar to work in: got mesh '${got}'\n` +
        'hint: say mesh: "sidecar" in the system, or leave the limit out',
    );
  });
});
