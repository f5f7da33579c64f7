import type { CanaryRoutingProps } from "../../lib/traffic/canary-routing.ts";

export const both: CanaryRoutingProps = {
  name: "catalogue",
  canaryWeight: 10,
  gateways: ["mesh", { name: "storefront", host: "bookshop.example" }],
};

// @ts-expect-error: the weight of the stable version follows from the canary's
export const twoNumbers: CanaryRoutingProps = { name: "catalogue", canaryWeight: 10, stableWeight: 90 };

// @ts-expect-error: a gateway without its host would leave the public host unrouted
export const withoutHost: CanaryRoutingProps = { name: "catalogue", canaryWeight: 10, gateways: [{ name: "storefront" }] };
