import { type ClusterDefinition, type ClusterProps, defineCluster } from "../../lib/definition/cluster.ts";
import { defineControlPlane } from "../../lib/definition/control-plane.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { defineEnvironment, type EnvironmentDefinition, type EnvironmentProps } from "../../lib/definition/environment.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { IngressClass } from "../../lib/definition/ingress-class.ts";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { defineOrganization } from "../../lib/definition/organization.ts";
import { defineRepository } from "../../lib/definition/repository.ts";
import { defineService } from "../../lib/definition/service.ts";
import { defineSystem, type SystemProps } from "../../lib/definition/system.ts";
import { defineTeam } from "../../lib/definition/team.ts";
import { WebService } from "../../lib/workload/web-service.ts";

/** What a test says other than {@link bookshopWorld} does. */
export interface WorldProps {
  /** Of every cluster. */
  readonly cluster?: Partial<ClusterProps>;
  readonly production?: Partial<EnvironmentProps>;
  readonly system?: Partial<SystemProps>;
  readonly argocdVersion?: string;
}

/**
 * Definitions for the manifests of `test/support/manifests.ts`: the system `bookshop` with `catalogue` and `checkout` in `dev` and `staging` (cluster
 * `dev-eu`) and in `production` (cluster `production-eu`), delivered by the control plane `central` on `dev-eu`. Nothing of it is rendered: rules
 * see what a test hands them, and look up here what people wrote.
 */
export function bookshopWorld({ cluster, production, system, argocdVersion = "3.5.3" }: WorldProps = {}): Definitions {
  const [devCluster, productionCluster] = [worldCluster("dev-eu", cluster), worldCluster("production-eu", cluster)];
  const team = defineTeam({ name: "bookshop-team", codeOwners: ["@bookshop/team"], alerts: { slackChannel: "#bookshop" } });
  const environments = [
    worldEnvironment("dev", devCluster),
    worldEnvironment("staging", devCluster),
    worldEnvironment("production", productionCluster, {
      policy: { sync: SyncMode.manual(), approval: "pull-request", images: { tag: "release", digest: "required" } },
      ...production,
    }),
  ];
  const [catalogue, checkout] = ["catalogue", "checkout"].map((name) => defineService({ name, construct: WebService, props: {} }));
  if (catalogue === undefined || checkout === undefined) throw new Error("the services of the bookshop are two");
  return {
    organization: defineOrganization({ name: "bookshop", domain: "bookshop.example", registry: "registry.example/bookshop" }),
    repository: defineRepository({ url: "https://git.example/bookshop.git", branch: "main", output: "dist" }),
    systems: [
      defineSystem({ name: "bookshop", team, environments, applications: "per-service", services: [catalogue, checkout], ...system }),
    ],
    clusterSystems: [],
    environments: environments.map((definition) => ({ definition, overlays: [] })),
    controlPlanes: [defineControlPlane({ name: "central", cluster: devCluster, environments, argocdVersion })],
  };
}

function worldCluster(name: string, props: Partial<ClusterProps> = {}): ClusterDefinition {
  return defineCluster({
    name,
    destination: { server: `https://${name}.example` },
    versions: { kubernetes: "1.36.3", externalSecrets: "1.3.2", istio: "1.31.1" },
    ingress: {
      class: IngressClass.named("nginx"),
      from: [NetworkPeer.pods({ namespace: "ingress-nginx", labels: { "app.kubernetes.io/name": "ingress-nginx" } })],
    },
    scraper: NetworkPeer.pods({ namespace: "monitoring", labels: { "app.kubernetes.io/name": "prometheus" } }),
    dns: [NetworkPeer.pods({ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } })],
    ...props,
  });
}

function worldEnvironment(name: string, cluster: ClusterDefinition, props: Partial<EnvironmentProps> = {}): EnvironmentDefinition {
  return defineEnvironment({
    name,
    clusters: [cluster],
    domain: `${name}.bookshop.example`,
    policy: { sync: SyncMode.automated({ prune: true, selfHeal: true }), approval: "none", images: { tag: "commit", digest: "optional" } },
    ...props,
  });
}
