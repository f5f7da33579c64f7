import { defineCluster } from "../../lib/definition/cluster.ts";
import { defineControlPlane } from "../../lib/definition/control-plane.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { defineEnvironment } from "../../lib/definition/environment.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { IngressClass } from "../../lib/definition/ingress-class.ts";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { defineOrganization } from "../../lib/definition/organization.ts";
import { type OverlayDefinition, overlay } from "../../lib/definition/overlay.ts";
import { defineRepository } from "../../lib/definition/repository.ts";
import { defineService } from "../../lib/definition/service.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { defineTeam } from "../../lib/definition/team.ts";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { RolloutStrategy } from "../../lib/workload/rollout-strategy.ts";
import { AntiAffinity } from "../../lib/workload/scheduling.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { WebService } from "../../lib/workload/web-service.ts";

/** How many services one system holds. */
const servicesPerSystem = 20;

const registry = "registry.bench.example/bench";

const cluster = defineCluster({
  name: "main",
  destination: { server: "https://kubernetes.default.svc" },
  versions: {},
  ingress: { class: IngressClass.named("nginx"), from: [NetworkPeer.namespace("ingress-nginx")] },
  scraper: NetworkPeer.pods({ namespace: "monitoring", labels: { "app.kubernetes.io/name": "prometheus" } }),
  dns: [NetworkPeer.pods({ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } })],
});

const environments = [
  defineEnvironment({
    name: "dev",
    clusters: [cluster],
    domain: "dev.bench.example",
    policy: {
      sync: SyncMode.automated({ prune: true, selfHeal: true }),
      approval: "none",
      images: { tag: "commit", digest: "optional" },
    },
  }),
  defineEnvironment({
    name: "staging",
    clusters: [cluster],
    domain: "staging.bench.example",
    policy: {
      sync: SyncMode.automated({ prune: true, selfHeal: true }),
      approval: "promotion",
      images: { tag: "any", digest: "required" },
    },
  }),
  defineEnvironment({
    name: "production",
    clusters: [cluster],
    domain: "bench.example",
    policy: { sync: SyncMode.manual(), approval: "pull-request", images: { tag: "release", digest: "required" } },
  }),
];

/** What each environment lays over every service: one overlay a service, as people write them who tune by hand. */
const changes = [
  { autoscaling: { minReplicas: 2, maxReplicas: 3 }, resources: { requests: { cpu: "50m", memory: "64Mi" } } },
  { autoscaling: { maxReplicas: 4 }, config: { LOG_LEVEL: "info" } },
  {
    autoscaling: { minReplicas: 3, maxReplicas: 10 },
    resources: { requests: { cpu: "250m", memory: "256Mi" } },
    podAntiAffinity: AntiAffinity.preferred("kubernetes.io/hostname"),
  },
];

/**
 * Definitions with so many services in three environments: each a web service with everything that one usually has, which calls its neighbour.
 * With `size` 0 there is no system at all.
 */
export function benchDefinitions(size: number): Definitions {
  const team = defineTeam({ name: "bench-team", codeOwners: ["@bench/team"], alerts: { slackChannel: "bench-alerts" } });
  const overlays = environments.map((): OverlayDefinition[] => []);
  const systems = systemSizes(size).map((count, index) => {
    const services = Array.from({ length: count }, (_, position) => webService(serviceName(index, position)));
    for (const service of services) changes.forEach((change, environment) => overlays[environment]?.push(overlay(service, change)));
    return defineSystem({
      name: systemName(index),
      team,
      environments,
      applications: "per-service",
      services,
      calls: services.flatMap((to, position) => {
        const from = services[position - 1];
        return from === undefined ? [] : [{ from, to }];
      }),
      namespace: {
        quota: { "requests.cpu": "100", "requests.memory": "200Gi" },
        containerDefaults: { requests: { cpu: "50m", memory: "64Mi" } },
      },
    });
  });
  return {
    organization: defineOrganization({ name: "bench", domain: "bench.example", registry }),
    repository: defineRepository({ url: "https://git.bench.example/bench.git", branch: "main", output: "dist" }),
    systems,
    clusterSystems: [],
    environments: environments.map((definition, index) => ({ definition, overlays: overlays[index] ?? [] })),
    controlPlanes: [defineControlPlane({ name: "main", cluster, argocdVersion: "3.5.3", environments })],
  };
}

/** The `images.yaml` of every environment, by its path in the project. */
export function benchPins(size: number): Map<string, string> {
  const keys = systemSizes(size).flatMap((count, index) =>
    Array.from({ length: count }, (_, position) => ({ system: systemName(index), service: serviceName(index, position) })),
  );
  return new Map(
    environments.map(({ name, policy }) => [
      `environments/${name}/images.yaml`,
      keys
        .map(({ system, service }, index) => {
          const number = index.toString(16).padStart(8, "0");
          const tag = policy.images.tag === "commit" ? `sha-${number.repeat(5)}` : `v1.${index}.0@sha256:${number.repeat(8)}`;
          return `${system}/${service}: ${registry}/${service}:${tag}\n`;
        })
        .join(""),
    ]),
  );
}

function webService(name: string) {
  return defineService({
    name,
    construct: WebService,
    props: {
      config: { LOG_LEVEL: "debug", DATABASE_HOST: `${name}.database.bench.example`, DATABASE_USER: name },
      env: { REGION: "europe-west4" },
      autoscaling: { minReplicas: 2, maxReplicas: 4, cpu: 70 },
      disruptionBudget: DisruptionBudget.maxUnavailable(1),
      resources: { requests: { cpu: "100m", memory: "128Mi" } },
      strategy: RolloutStrategy.rollingUpdate({ maxUnavailable: 0, maxSurge: 1 }),
      ingress: {},
      metrics: {},
      volumes: { tmp: Volume.emptyDir() },
      volumeMounts: { "/tmp": "tmp" },
    },
  });
}

/** How many services each system has. */
function systemSizes(size: number): number[] {
  return Array.from({ length: Math.ceil(size / servicesPerSystem) }, (_, index) =>
    Math.min(servicesPerSystem, size - index * servicesPerSystem),
  );
}

function systemName(index: number): string {
  return `system-${String(index).padStart(3, "0")}`;
}

function serviceName(system: number, position: number): string {
  return `service-${String(system * servicesPerSystem + position).padStart(5, "0")}`;
}
