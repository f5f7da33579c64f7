import { overlay } from "../../lib/definition/overlay.ts";
import { defineService } from "../../lib/definition/service.ts";
import { CanaryService } from "../../lib/workload/canary-service.ts";

export const catalogue = defineService({ name: "catalogue", construct: CanaryService, props: { canaryWeight: 10 } });
export const more = overlay(catalogue, { canaryWeight: 50, gateway: { credentialName: "books-tls" } });

// @ts-expect-error: the weight is the one number that a canary needs
export const weightless = defineService({ name: "catalogue", construct: CanaryService, props: {} });

// @ts-expect-error: the stable version's weight follows from the canary's
export const both = overlay(catalogue, { stableWeight: 50 });

// @ts-expect-error: an Ingress would go past the mesh's routing
export const ingress = overlay(catalogue, { ingress: {} });

// @ts-expect-error: so would a route of the Gateway API
export const route = overlay(catalogue, { httpRoute: { parentRefs: [{ name: "public" }] } });
