import { defineCluster } from "../../lib/definition/cluster.ts";
import { defineControlPlane } from "../../lib/definition/control-plane.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { defineEnvironment, type EnvironmentDefinition } from "../../lib/definition/environment.ts";
import { type EnvironmentPolicy, SyncMode } from "../../lib/definition/environment-policy.ts";
import { IngressClass } from "../../lib/definition/ingress-class.ts";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { overlay } from "../../lib/definition/overlay.ts";
import type { PromotionPolicy } from "../../lib/definition/promotion-policy.ts";
import { defineService } from "../../lib/definition/service.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { AntiAffinity } from "../../lib/workload/scheduling.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { salesTeam } from "../fixtures/bookshop/apps/teams.ts";
import { organization, repository } from "../fixtures/bookshop/environments/organization.ts";

/** What a test wants otherwise. */
export interface ThreeEnvironmentsProps {
  /** @default no gates */
  readonly staging?: PromotionPolicy;
  /** @default no gates */
  readonly production?: PromotionPolicy;
  /** Where the images of system `library` come from. @default the organization's */
  readonly registry?: string;
}

const modest = { requests: { cpu: "50m", memory: "64Mi" } };

const inProduction = {
  replicas: 3,
  config: { GREETING: "hello from production" },
  disruptionBudget: DisruptionBudget.maxUnavailable(1),
  podAntiAffinity: AntiAffinity.preferred("kubernetes.io/hostname"),
};

const policies = {
  dev: { sync: SyncMode.automated({ prune: true, selfHeal: true }), approval: "none", images: { tag: "commit", digest: "optional" } },
  staging: { sync: SyncMode.automated({ prune: true, selfHeal: true }), approval: "promotion", images: { tag: "any", digest: "required" } },
  production: { sync: SyncMode.manual(), approval: "pull-request", images: { tag: "release", digest: "required" } },
} satisfies Record<string, EnvironmentPolicy>;

/**
 * A library with three environments: system `library` in all of them, with services `lending`, `catalogue` and `search`, the latter two in one set;
 * and system `archive` in staging and production, with service `vault` and a `mover` that runs its image.
 */
export function threeEnvironments({ staging, production, registry }: ThreeEnvironmentsProps = {}): Definitions {
  const cluster = defineCluster({
    name: "eu",
    destination: { server: "https://kubernetes.default.svc" },
    versions: {},
    ingress: { class: IngressClass.named("nginx"), from: [NetworkPeer.namespace("ingress-nginx")] },
    scraper: NetworkPeer.namespace("monitoring"),
    dns: [NetworkPeer.pods({ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } })],
  });
  const environment = (name: keyof typeof policies, promotion?: PromotionPolicy): EnvironmentDefinition =>
    defineEnvironment({
      name,
      clusters: [cluster],
      domain: name === "production" ? organization.domain : `${name}.${organization.domain}`,
      policy: { ...policies[name], ...(promotion && { promotion }) },
    });
  const environments = [environment("dev"), environment("staging", staging), environment("production", production)] as const;
  const [, second, third] = environments;
  const worker = <N extends string>(name: N) =>
    defineService({ name, construct: Worker, props: { replicas: 1, resources: modest, config: { LANGUAGE: "nl" } } });
  const [lending, catalogue, search, vault] = [worker("lending"), worker("catalogue"), worker("search"), worker("vault")];
  const mover = defineService({ name: "mover", construct: Worker, props: { replicas: 1, resources: modest }, imageOf: vault });
  const library = defineSystem({
    name: "library",
    team: salesTeam,
    environments,
    applications: "per-service",
    services: [lending, catalogue, search],
    movesTogether: [[catalogue, search]],
    ...(registry !== undefined && { registry }),
  });
  const archive = defineSystem({
    name: "archive",
    team: salesTeam,
    environments: [second, third],
    applications: "per-service",
    services: [vault, mover],
  });
  return {
    organization,
    repository,
    systems: [library, archive],
    clusterSystems: [],
    environments: environments.map((definition) => ({
      definition,
      overlays: definition === third ? [overlay(lending, inProduction)] : [],
    })),
    controlPlanes: [
      defineControlPlane({ name: "central", cluster, argocdVersion: "3.5.3", namespace: "argocd", environments: [...environments] }),
    ],
  };
}
