import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { hostAccess } from "../../../lib/validation/rules/host-access.ts";
import { deployment, manifest } from "../../support/manifests.ts";

const service = "Service bookshop-dev/catalogue";
const workload = "Deployment bookshop-dev/catalogue";

/** What is said of one object: severity, message and hint. */
function said(found: Manifest): string[] {
  return hostAccess
    .check(new RepositoryFacts([found]))
    .map((finding) => `${"severity" in finding ? String(finding.severity) : "error"}: ${finding.message}\nhint: ${finding.hint ?? ""}`);
}

function serviceOf(spec: object, annotations: Readonly<Record<string, string>> = {}): Manifest {
  return manifest({ kind: "Service", metadata: { annotations }, spec: { ports: [{ port: 80 }], ...spec } });
}

/** A Deployment of Pods with a port. */
function serving(containerPort: number | undefined, { container = {}, pod = {} } = {}): Manifest {
  return deployment({ containers: [{ ports: [{ containerPort }], securityContext: container }], securityContext: pod });
}

const nonRoot = { pod: { runAsNonRoot: true } };

describe("host-access: Services", () => {
  test.each<readonly [title: string, found: Manifest]>([
    ["one inside of the cluster", serviceOf({})],
    ["a name for something outside", serviceOf({ type: "ExternalName", externalName: "db.example" })],
    ["a load balancer for some", serviceOf({ type: "LoadBalancer", loadBalancerSourceRanges: ["192.0.2.0/24"] })],
    ["a load balancer inside of GKE", serviceOf({ type: "LoadBalancer" }, { "networking.gke.io/load-balancer-type": "Internal" })],
    [
      "a load balancer inside of AWS",
      serviceOf({ type: "LoadBalancer" }, { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" }),
    ],
    [
      "a load balancer inside of Azure",
      serviceOf({ type: "LoadBalancer" }, { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" }),
    ],
    [
      "a load balancer inside of AWS in the older way",
      serviceOf({ type: "LoadBalancer" }, { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" }),
    ],
    ["an empty list of addresses", serviceOf({ externalIPs: [] })],
    ["a Service without a spec", manifest({ kind: "Service" })],
  ])("lets %s pass", (_, found) => {
    expect(said(found)).toEqual([]);
  });

  test("reports addresses that a Service takes", () => {
    expect(said(serviceOf({ externalIPs: ["192.0.2.7", "192.0.2.8"] }))).toEqual([
      `error: ${service} takes the addresses '192.0.2.7', '192.0.2.8' by externalIPs: what any Pod of the cluster sends there comes to it\nhint: take externalIPs out, and let an Ingress or a LoadBalancer Service have the address`,
    ]);
  });

  test("warns of a port on every node", () => {
    expect(said(serviceOf({ type: "NodePort" }))).toEqual([
      `warning: ${service} is open on a port of every node, to whoever reaches a node\nhint: make it a ClusterIP Service, and put an Ingress before it`,
    ]);
  });

  test.each<readonly [title: string, found: Manifest]>([
    ["names nobody", serviceOf({ type: "LoadBalancer" })],
    ["names everybody", serviceOf({ type: "LoadBalancer", loadBalancerSourceRanges: ["192.0.2.0/24", "0.0.0.0/0"] })],
    [
      "is outside by its annotation",
      serviceOf({ type: "LoadBalancer" }, { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" }),
    ],
  ])("warns of a load balancer that %s", (_, found) => {
    expect(said(found)).toEqual([
      `warning: ${service} is open to every address by its load balancer\nhint: say who may come, in loadBalancerSourceRanges; or put an Ingress before it`,
    ]);
  });
});

describe("host-access: Pods", () => {
  test.each<readonly [title: string, found: Manifest]>([
    ["a port for everybody", serving(1024, nonRoot)],
    ["root", serving(80)],
    ["a container that is root", serving(80, { ...nonRoot, container: { runAsNonRoot: false } })],
    ["root by number", serving(80, { ...nonRoot, container: { runAsUser: 0 } })],
    ["the capability for it", serving(80, { ...nonRoot, container: { capabilities: { add: ["NET_BIND_SERVICE"] } } })],
    [
      "a lower bound",
      serving(80, { pod: { runAsNonRoot: true, sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "80" }] } }),
    ],
    ["a port without a number", serving(undefined, nonRoot)],
    ["aliases of hosts", deployment({ hostAliases: [{ ip: "192.0.2.7" }], shareProcessNamespace: false })],
  ])("lets %s pass", (_, found) => {
    expect(said(found)).toEqual([]);
  });

  test.each<readonly [title: string, found: Manifest]>([
    ["that must not be root", serving(80, nonRoot)],
    ["whose container must not be root", serving(80, { container: { runAsNonRoot: true } })],
    ["of another user", serving(80, { pod: { runAsUser: 1000 } })],
    ["whose container is of another user", serving(80, { pod: { runAsUser: 0 }, container: { runAsUser: 1000 } })],
    [
      "whose bound is not low enough",
      serving(80, { pod: { runAsNonRoot: true, sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "443" }] } }),
    ],
  ])("warns of a port that is root's in a Pod %s", (_, found) => {
    expect(said(found)).toEqual([
      `warning: ${workload} serves port 80 in container 'catalogue', which is not root and may not bind it on every node\nhint: serve a port from 1024 on, or set the sysctl 'net.ipv4.ip_unprivileged_port_start'`,
    ]);
  });

  test("warns of containers that see one another's processes", () => {
    expect(said(deployment({ shareProcessNamespace: true }))).toEqual([
      `warning: ${workload} has shareProcessNamespace: true: each of its containers reads the environment and files of the others\nhint: take it out, or keep what is secret out of the Pod's other containers`,
    ]);
  });
});
