// What must not compile. `tsc` judges this file: an expected error that does not come is itself an error.
import { overlayAll } from "../../lib/definition/construct-change.ts";
import { defineCluster } from "../../lib/definition/cluster.ts";
import type { Destination } from "../../lib/definition/destination.ts";
import { defineEnvironment } from "../../lib/definition/environment.ts";
import { overlay, overlayNamespace } from "../../lib/definition/overlay.ts";
import { defineService } from "../../lib/definition/service.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { Probe } from "../../lib/workload/probe.ts";
import { ScheduledJob } from "../../lib/workload/scheduled-job.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { bookshopSystem } from "../fixtures/bookshop/apps/bookshop/system.ts";
import { salesTeam } from "../fixtures/bookshop/apps/teams.ts";
import { eu } from "../fixtures/bookshop/environments/clusters.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";

export const storefront = defineService({ name: "storefront", construct: WebService, props: { replicas: 2 } });
export const catalogue = defineService({ name: "catalogue", construct: WebService, props: {} });
export const packer = defineService({ name: "packer", construct: Worker, props: {} });
export const report = defineService({ name: "report", construct: ScheduledJob, props: { schedule: "0 3 * * *" } });

export const services = {
  // @ts-expect-error: a web service has no prop of this name
  misspelt: defineService({ name: "storefront", construct: WebService, props: { replica: 2 } }),
  // @ts-expect-error: replicas are a number
  wrongType: defineService({ name: "storefront", construct: WebService, props: { replicas: "2" } }),
  // @ts-expect-error: images are pins, not props
  image: defineService({ name: "storefront", construct: WebService, props: { image: "registry.example/books/storefront:v1.0.0" } }),
  // @ts-expect-error: a scheduled job has no ingress
  ofAnotherConstruct: defineService({ name: "report", construct: ScheduledJob, props: { schedule: "0 3 * * *", ingress: {} } }),
  // @ts-expect-error: a scheduled job needs its schedule
  incomplete: defineService({ name: "report", construct: ScheduledJob, props: {} }),
  // @ts-expect-error: a plain object of the same shape is no value
  notAValue: defineService({ name: "packer", construct: Worker, props: { disruptionBudget: { field: "maxUnavailable", amount: 1 } } }),
  // @ts-expect-error: the construct fills in the context, not the author
  context: defineService({ name: "packer", construct: Worker, props: { context: {} } }),
};

export const overlays = [
  overlay(storefront, { replicas: 3, resources: { requests: { cpu: "1" } } }),
  overlay([storefront, catalogue], { autoscaling: undefined, disruptionBudget: DisruptionBudget.maxUnavailable(1) }),
  // a part of a nested object, down to one key
  overlay(storefront, { autoscaling: { maxReplicas: 9 } }),
  // @ts-expect-error: a web service has no prop of this name
  overlay(storefront, { replica: 3 }),
  // @ts-expect-error: nor has it one inside of another
  overlay(storefront, { autoscaling: { maxReplica: 9 } }),
  // @ts-expect-error: replicas are a number
  overlay(storefront, { replicas: "3" }),
  // @ts-expect-error: images are pins, not props
  overlay(storefront, { image: "registry.example/books/storefront:v1.0.0" }),
  // @ts-expect-error: an image is no prop of a further container either
  overlay(storefront, { containers: { cache: { image: "registry.example/books/cache:v1.0.0" } } }),
  // @ts-expect-error: a value is replaced whole, never in part
  overlay(storefront, { livenessProbe: { timing: { periodSeconds: 5 } } }),
  overlay(storefront, { livenessProbe: Probe.httpGet("/healthz") }),
  // @ts-expect-error: services of two constructs: the storefront has no schedule
  overlay([storefront, report], { schedule: "0 4 * * *" }),
  // @ts-expect-error: services of two constructs: the packer has no ingress
  overlay([storefront, packer], { ingress: {} }),
  // @ts-expect-error: services of two constructs, even where both have the prop
  overlay([storefront, packer], { replicas: 3 }),
  // @ts-expect-error: a service is named by reference
  overlay("storefront", { replicas: 3 }),
  overlayNamespace(bookshopSystem, { quota: { pods: "20" } }),
  // @ts-expect-error: the namespace has no prop of this name
  overlayNamespace(bookshopSystem, { quotas: { pods: "20" } }),
];

export const constructChanges = [
  overlayAll(WebService, { minReadySeconds: 5 }),
  // @ts-expect-error: a worker has no ingress
  overlayAll(Worker, { ingress: {} }),
];

export const destinations: Destination[] = [
  { server: "https://kubernetes.default.svc" },
  { name: "eu" },
  // @ts-expect-error: Argo CD takes one of the two, never both
  { server: "https://kubernetes.default.svc", name: "eu" },
  // @ts-expect-error: Argo CD takes one of the two
  {},
];

export const clusters = [
  // @ts-expect-error: both ways to name a cluster at once
  defineCluster({ ...eu, destination: { server: "https://kubernetes.default.svc", name: "eu" } }),
];

export const environments = [
  // @ts-expect-error: an environment runs on one cluster at least
  defineEnvironment({ ...dev, clusters: [] }),
  // @ts-expect-error: the policy knows no such approval
  defineEnvironment({ ...dev, policy: { ...dev.policy, approval: "chat message" } }),
];

export const systems = [
  // @ts-expect-error: there is no such granularity
  defineSystem({ name: "bookshop", team: salesTeam, environments: [dev], applications: "per-pod", services: [storefront] }),
  defineSystem({
    name: "bookshop",
    team: salesTeam,
    environments: [dev],
    applications: "per-service",
    services: [storefront],
    // @ts-expect-error: a level is a value, which knows whether it needs a reason
    namespace: { podSecurity: { level: "privileged" } },
  }),
];
