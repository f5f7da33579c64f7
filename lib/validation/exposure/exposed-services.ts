import { textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding } from "../rule.ts";

/** By what a provider's load balancer stays inside of its network, and what is written there. */
const insideAnnotations: ReadonlyMap<string, string> = new Map([
  ["networking.gke.io/load-balancer-type", "internal"],
  ["cloud.google.com/load-balancer-type", "internal"],
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"],
  ["service.beta.kubernetes.io/aws-load-balancer-internal", "true"],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", "true"],
]);

const everyAddress: ReadonlySet<string> = new Set(["0.0.0.0/0", "::/0"]);

/** The parts of a Service's `spec` that say who reaches it from outside. @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec */
interface ServiceSpec {
  readonly type?: string;
  readonly externalIPs?: readonly string[];
  readonly loadBalancerSourceRanges?: readonly string[];
}

/** Services that are reached past the ingress, or that take traffic which is not theirs. */
export function findExposedServices(facts: RepositoryFacts): Finding[] {
  return facts.ofKind("Service").flatMap((manifest) => {
    const spec = fieldsOf(manifest.document.spec as ServiceSpec | undefined);
    return [...takenAddresses(manifest, spec), ...openDoor(manifest, spec)];
  });
}

function takenAddresses(manifest: Manifest, spec: ServiceSpec): Finding[] {
  const addresses = textsOf(spec.externalIPs);
  if (addresses.length === 0) return [];
  const list = addresses.map((address) => `'${address}'`).join(", ");
  return [
    {
      message: `${objectName(manifest.document)} takes the addresses ${list} by externalIPs: what any Pod of the cluster sends there comes to it`,
      hint: "take externalIPs out, and let an Ingress or a LoadBalancer Service have the address",
      manifest,
    },
  ];
}

function openDoor(manifest: Manifest, spec: ServiceSpec): Finding[] {
  const name = objectName(manifest.document);
  if (spec.type === "NodePort") {
    const message = `${name} is open on a port of every node, to whoever reaches a node`;
    return [asWarning({ message, hint: "make it a ClusterIP Service, and put an Ingress before it", manifest })];
  }
  if (spec.type !== "LoadBalancer" || isLimited(spec) || isInside(manifest)) return [];
  const message = `${name} is open to every address by its load balancer`;
  return [asWarning({ message, hint: "say who may come, in loadBalancerSourceRanges; or put an Ingress before it", manifest })];
}

function isLimited({ loadBalancerSourceRanges }: ServiceSpec): boolean {
  const ranges = textsOf(loadBalancerSourceRanges);
  return ranges.length > 0 && !ranges.some((range) => everyAddress.has(range));
}

function isInside({ document }: Manifest): boolean {
  return Object.entries(fieldsOf(document.metadata.annotations)).some(
    ([key, value]) => typeof value === "string" && insideAnnotations.get(key) === value.toLowerCase(),
  );
}
