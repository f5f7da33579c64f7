import { overlay } from "../../lib/definition/overlay.ts";
import { defineService } from "../../lib/definition/service.ts";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { Probe } from "../../lib/workload/probe.ts";
import { RolloutStrategy } from "../../lib/workload/rollout-strategy.ts";
import { AntiAffinity } from "../../lib/workload/scheduling.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { Worker } from "../../lib/workload/worker.ts";

export const catalogue = defineService({
  name: "catalogue",
  construct: WebService,
  props: { resources: { requests: { cpu: "100m" } }, livenessProbe: Probe.httpGet("/live") },
});
export const checkout = defineService({ name: "checkout", construct: WebService, props: {} });
export const restock = defineService({ name: "restock", construct: Worker, props: {} });

/** What compiles: one key of a nested object, a value, the default again, and a list of services of one construct. */
export const allowed = [
  overlay(catalogue, { resources: { requests: { memory: "1Gi" } }, livenessProbe: undefined }),
  overlay([catalogue, checkout], { autoscaling: { cpu: 50 }, disruptionBudget: DisruptionBudget.minAvailable(1) }),
  overlay(restock, { volumes: { tmp: Volume.emptyDir() }, podAntiAffinity: AntiAffinity.preferred() }),
];

/** What compiles not in props. */
export const props = [
  // @ts-expect-error: an unknown prop
  defineService({ name: "reviews", construct: WebService, props: { replica: 2 } }),
  // @ts-expect-error: a wrong type
  defineService({ name: "reviews", construct: WebService, props: { replicas: "2" } }),
  // @ts-expect-error: a wrong type, deep inside
  defineService({ name: "reviews", construct: WebService, props: { resources: { requests: { cpu: 1 } } } }),
  // @ts-expect-error: images are pins, which only the CLI writes
  defineService({ name: "reviews", construct: WebService, props: { image: "registry.example/bookshop/reviews:1.0.0" } }),
  // @ts-expect-error: a container has no image either
  defineService({ name: "reviews", construct: WebService, props: { containers: { cache: { image: "registry.example/cache:1.0.0" } } } }),
  // @ts-expect-error: a worker has no way in
  defineService({ name: "reviews", construct: Worker, props: { ingress: {} } }),
  // @ts-expect-error: the context is not the author's to give
  defineService({ name: "reviews", construct: WebService, props: { context: {} } }),
];

/** What compiles not in an overlay. */
export const overlays = [
  // @ts-expect-error: a misspelt prop
  overlay(catalogue, { replica: 2 }),
  // @ts-expect-error: a misspelt prop, deep inside
  overlay(catalogue, { resources: { request: { cpu: "1" } } }),
  // @ts-expect-error: a wrong type
  overlay(catalogue, { replicas: "2" }),
  // @ts-expect-error: images are pins, which only the CLI writes
  overlay(catalogue, { image: "registry.example/bookshop/catalogue:1.0.0" }),
  // @ts-expect-error: a prop of another construct
  overlay(restock, { ingress: {} }),
  // @ts-expect-error: services of two constructs do not share their props
  overlay([catalogue, restock], { replicas: 3 }),
];

/** Plain objects where a value is wanted: an overlay could merge two of them into one that nobody meant. */
export const plainObjects = [
  // @ts-expect-error: a probe is a value
  overlay(catalogue, { livenessProbe: { action: { kind: "none" }, timing: {} } }),
  // @ts-expect-error: a budget is a value
  overlay(catalogue, { disruptionBudget: { maxUnavailable: 1 } }),
  // @ts-expect-error: and cannot say both
  overlay(catalogue, { disruptionBudget: { maxUnavailable: 1, minAvailable: 1 } }),
  // @ts-expect-error: a strategy is a value
  overlay(catalogue, { strategy: { kind: "Recreate", maxUnavailable: undefined, maxSurge: undefined } }),
  // @ts-expect-error: a volume is a value
  overlay(catalogue, { volumes: { tmp: { emptyDir: {} } } }),
  // @ts-expect-error: an anti-affinity is a value
  overlay(catalogue, { podAntiAffinity: { mode: "preferred", topologyKey: "zone", weight: 100 } }),
  // @ts-expect-error: the source of a variable is a value
  overlay(catalogue, { env: { PASSWORD: { secretKeyRef: { name: "db", key: "password" } } } }),
  // @ts-expect-error: an exemption is a value, made with a reason
  overlay(catalogue, { securityExemption: { reason: "", pod: {}, container: {} } }),
];

/** A value has no public constructor and no second half. */
export const values = [
  // @ts-expect-error: made by maxUnavailable or minAvailable
  new DisruptionBudget("maxUnavailable", 1),
  // @ts-expect-error: one of the two
  DisruptionBudget.maxUnavailable(1).minAvailable,
  // @ts-expect-error: both are needed, so that nobody relies on the other's default
  RolloutStrategy.rollingUpdate({ maxSurge: 1 }),
];
