import { placeOf, type RepositoryFacts } from "./repository-facts.ts";

/** Groups of custom resources of which only some kinds, or none, make Pods. */
const quietGroups: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["argoproj.io", new Set(["Application", "ApplicationSet", "AppProject"])],
  ["monitoring.coreos.com", new Set(["ServiceMonitor", "PodMonitor", "Probe", "PrometheusRule", "ScrapeConfig", "AlertmanagerConfig"])],
  [
    "gateway.networking.k8s.io",
    new Set(["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "ReferenceGrant", "BackendTLSPolicy", "GatewayClass"]),
  ],
]);

/** Groups of custom resources that never make a Pod that anybody selects. */
const podlessGroups: ReadonlySet<string> = new Set([
  "bitnami.com",
  "cert-manager.io",
  "external-secrets.io",
  "generators.external-secrets.io",
  "extensions.istio.io",
  "networking.istio.io",
  "security.istio.io",
  "telemetry.istio.io",
  "kyverno.io",
  "policies.kyverno.io",
  "policy.sigstore.dev",
]);

/** Groups of Kubernetes itself beside those that end with `.k8s.io`. */
const builtInGroups: ReadonlySet<string> = new Set(["apps", "autoscaling", "batch", "extensions", "policy"]);

/**
 * The places where custom resources may make Pods of their own, with labels that nobody here knows: a `Rollout`, a database of an operator,
 * a `Gateway` of the Gateway API. What a selector misses there cannot be told.
 */
export function placesOfOtherPods(facts: RepositoryFacts): ReadonlySet<string> {
  const places = new Set<string>();
  for (const [kind, manifests] of facts.kinds) {
    if (!mayMakePods(kind)) continue;
    for (const manifest of manifests) places.add(placeOf(manifest));
  }
  return places;
}

function mayMakePods(groupKind: string): boolean {
  const slash = groupKind.indexOf("/");
  if (slash < 0) return false;
  const group = groupKind.slice(0, slash);
  const quiet = quietGroups.get(group);
  if (quiet !== undefined) return !quiet.has(groupKind.slice(slash + 1));
  return !podlessGroups.has(group) && !builtInGroups.has(group) && !group.endsWith(".k8s.io");
}
