import { describe, expect, test } from "@jest/globals";
import type { Labels } from "../../../lib/manifest/label-selector.ts";
import type { Manifest, Owner } from "../../../lib/manifest/manifest.ts";
import { noImage } from "../../../lib/manifest/no-image.ts";
import { productionWeaker } from "../../../lib/validation/rules/production-weaker.ts";
import { singleReplica } from "../../../lib/validation/rules/single-replica.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { manifest, reported, unitOf } from "../../support/manifests.ts";

const selector = { "app.kubernetes.io/name": "catalogue" };
const hint = `hint: say it for 'production' as well, or waive("production-weaker", …) with the reason`;
const staging = ownerIn("staging");
const production = ownerIn("production");

interface Catalogue {
  readonly pod?: object;
  readonly container?: object;
  readonly [field: string]: unknown;
}

function ownerIn(environment: string, cluster = "dev-eu", unit = "catalogue"): Owner {
  return unitOf(unit, { environment, cluster });
}

function inNamespaceOf(owner: Owner, kind: string, spec: object, apiVersion = "v1", name = "catalogue"): Manifest {
  const namespace = `bookshop-${"environment" in owner ? (owner.environment ?? "") : ""}`;
  return manifest({ apiVersion, kind, metadata: { name, namespace }, spec }, owner);
}

function workload(owner: Owner, { pod, container, ...spec }: Catalogue = {}): Manifest {
  const containers = [{ name: "catalogue", image: "catalogue:v1.0.0", ...container }];
  return inNamespaceOf(
    owner,
    "Deployment",
    { ...spec, template: { metadata: { labels: selector }, spec: { containers, ...pod } } },
    "apps/v1",
  );
}

function autoscaler(owner: Owner, spec: object): Manifest {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "catalogue" };
  return inNamespaceOf(owner, "HorizontalPodAutoscaler", { scaleTargetRef, ...spec }, "autoscaling/v2");
}

function policy(owner: Owner, name: string): Manifest {
  return inNamespaceOf(owner, "NetworkPolicy", { podSelector: {} }, "networking.k8s.io/v1", name);
}

function namespace(owner: Owner, labels?: Labels): Manifest {
  const name = `bookshop-${"environment" in owner ? (owner.environment ?? "") : ""}`;
  return manifest({ kind: "Namespace", metadata: { name, namespace: undefined, labels } }, owner);
}

function says(...manifests: readonly Manifest[]): string[] {
  return reported(productionWeaker, manifests, bookshopWorld());
}

function weaker(...differences: readonly string[]): string[] {
  return [`Deployment bookshop-production/catalogue is weaker than in 'staging': ${differences.join("; ")}\n${hint}`];
}

/** What is said where staging and production have these Pods. */
function between(there: Catalogue, here: Catalogue): string[] {
  return says(workload(staging, there), workload(production, here));
}

describe("production-weaker", () => {
  test("lets production pass that is the same, or stronger", () => {
    const strong: Catalogue = {
      replicas: 3,
      container: {
        image: "catalogue:v1.0.0@sha256:0123",
        readinessProbe: {},
        resources: { requests: { cpu: "1" } },
        securityContext: { runAsNonRoot: true },
      },
      pod: { topologySpreadConstraints: [{ labelSelector: { matchLabels: selector } }] },
    };
    expect(between(strong, strong)).toEqual([]);
    expect(between({}, strong)).toEqual([]);
  });

  describe("reports", () => {
    test("fewer Pods, by replicas or autoscaler", () => {
      expect(between({ replicas: 3 }, { replicas: 2 })).toEqual(weaker("2 Pods instead of 3"));
      expect(between({ replicas: 2 }, { replicas: 2 })).toEqual([]);
      const scaled = [workload(staging), autoscaler(staging, { minReplicas: 2, maxReplicas: 6 }), workload(production)];
      expect(says(...scaled, autoscaler(production, { minReplicas: 1, maxReplicas: 4 }))).toEqual(
        weaker("1 Pod instead of 2", "at most 4 Pods instead of 6"),
      );
      expect(says(...scaled, autoscaler(production, { minReplicas: 2, maxReplicas: 6 }))).toEqual([]);
    });

    test("one Pod only where single-replica does not report it: behind no Service", () => {
      const service = (owner: Owner): Manifest => inNamespaceOf(owner, "Service", { selector });
      const pods = [workload(staging, { replicas: 2 }), workload(production, { replicas: 1 })];
      expect(says(...pods)).toEqual(weaker("1 Pod instead of 2"));
      const served = [...pods, service(staging), service(production)];
      expect(says(...served)).toEqual([]);
      expect(reported(singleReplica, served, bookshopWorld())).toHaveLength(1);
    });

    test("a missing autoscaler", () => {
      expect(says(workload(staging), autoscaler(staging, { maxReplicas: 6 }), workload(production, { replicas: 3 }))).toEqual(
        weaker("no HorizontalPodAutoscaler"),
      );
    });

    test("a missing budget", () => {
      const budget = (owner: Owner): Manifest =>
        inNamespaceOf(owner, "PodDisruptionBudget", { selector: { matchLabels: selector } }, "policy/v1");
      const pods = [workload(staging), workload(production), budget(staging)];
      expect(says(...pods)).toEqual(weaker("no PodDisruptionBudget"));
      expect(says(...pods, budget(production))).toEqual([]);
    });

    test("a missing spread", () => {
      const topologySpreadConstraints = [{ labelSelector: { matchLabels: selector } }];
      expect(between({ pod: { topologySpreadConstraints } }, {})).toEqual(weaker("nothing that keeps its Pods apart"));
    });

    test("lower or missing requests, and lower limits", () => {
      const asking = (resources: object): Catalogue => ({ container: { resources } });
      const there = asking({ requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "1Gi" } });
      expect(between(there, asking({ requests: { cpu: "0.05", memory: "128Mi" }, limits: { memory: "512Mi" } }))).toEqual(
        weaker("container 'catalogue' with requests.cpu 0.05 instead of 100m, with limits.memory 512Mi instead of 1Gi"),
      );
      expect(between(there, asking({ requests: { cpu: "0.1" } }))).toEqual(weaker("container 'catalogue' without requests.memory"));
      expect(between(there, asking({ requests: { cpu: "0.1", memory: "1Gi" } }))).toEqual([]);
    });

    test("missing probes", () => {
      const probes = { livenessProbe: {}, readinessProbe: {}, startupProbe: {} };
      expect(between({ container: probes }, {})).toEqual(
        weaker("container 'catalogue' without livenessProbe, without readinessProbe, without startupProbe"),
      );
    });

    test("an image without a digest, not what stands for a refused pin", () => {
      expect(between({ container: { image: "catalogue:v1.0.0@sha256:0123" } }, {})).toEqual(
        weaker("container 'catalogue' with an image without a digest"),
      );
      expect(between({ container: { image: "catalogue:v1.0.0@sha256:0123" } }, { container: { image: noImage } })).toEqual([]);
    });

    const kept = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
    const restrained = { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

    test("a weaker security context, of the container or of the Pod around it", () => {
      expect(between({ container: { securityContext: restrained }, pod: { securityContext: kept } }, {})).toEqual(
        weaker(
          "container 'catalogue' without runAsNonRoot, without readOnlyRootFilesystem, without allowPrivilegeEscalation: false, without capabilities.drop: ALL, without a seccompProfile",
        ),
      );
      expect(between({ container: { securityContext: kept } }, { pod: { securityContext: kept } })).toEqual([]);
      expect(
        between({}, { container: { securityContext: { privileged: true, runAsUser: 0, capabilities: { add: ["NET_ADMIN"] } } } }),
      ).toEqual(weaker("container 'catalogue' without a user other than root, without privileged: false, with the capability NET_ADMIN"));
      const added = { container: { securityContext: { capabilities: { add: ["NET_ADMIN"] } } } };
      expect(between(added, added)).toEqual([]);
      const unconfined = { pod: { securityContext: { runAsNonRoot: true, seccompProfile: { type: "Unconfined" } } } };
      expect(between({ pod: { securityContext: kept } }, unconfined)).toEqual(weaker("container 'catalogue' without a seccompProfile"));
    });

    test("what is shared with the node", () => {
      expect(between({}, { pod: { hostNetwork: true, hostPID: true, hostIPC: true } })).toEqual(
        weaker("hostNetwork", "hostPID", "hostIPC"),
      );
      expect(between({ pod: { hostNetwork: true } }, { pod: { hostNetwork: true } })).toEqual([]);
    });

    test("a missing NetworkPolicy, on what the unit runs or on its Namespace", () => {
      expect(
        says(
          workload(staging),
          workload(production),
          policy(staging, "catalogue"),
          policy(staging, "callers"),
          policy(production, "callers"),
        ),
      ).toEqual(weaker("no NetworkPolicy 'catalogue'"));
      const [there, here] = [ownerIn("staging", "dev-eu", "namespace"), ownerIn("production", "dev-eu", "namespace")];
      expect(says(namespace(there), namespace(here), policy(there, "default-deny"))).toEqual([
        `Namespace bookshop-production is weaker than in 'staging': no NetworkPolicy 'default-deny'\n${hint}`,
      ]);
    });

    test("nothing of a Namespace that only one of them has", () => {
      const [there, here] = [ownerIn("staging", "dev-eu", "namespace"), ownerIn("production", "dev-eu", "namespace")];
      expect(says(namespace(there, { "pod-security.kubernetes.io/enforce": "restricted" }), workload(here))).toEqual([]);
      expect(says(workload(there), namespace(here))).toEqual([]);
    });

    test("a lower Pod Security level", () => {
      const [there, here] = [ownerIn("staging", "dev-eu", "namespace"), ownerIn("production", "dev-eu", "namespace")];
      const enforced = (owner: Owner, level: string): Manifest => namespace(owner, { "pod-security.kubernetes.io/enforce": level });
      expect(says(enforced(there, "restricted"), enforced(here, "baseline"))).toEqual([
        `Namespace bookshop-production is weaker than in 'staging': Pod Security level 'baseline' instead of 'restricted'\n${hint}`,
      ]);
      expect(says(enforced(there, "restricted"), enforced(here, "restricted"))).toEqual([]);
    });
  });

  test("names all differences of an object at once, on every cluster of production", () => {
    const other = ownerIn("production", "production-eu");
    const differences = weaker("1 Pod instead of 2", "nothing that keeps its Pods apart", "container 'catalogue' without readinessProbe");
    const there = {
      replicas: 2,
      container: { readinessProbe: {} },
      pod: { topologySpreadConstraints: [{ labelSelector: { matchLabels: selector } }] },
    };
    expect(says(workload(staging, there), workload(production), workload(other))).toEqual([...differences, ...differences]);
  });

  test("compares with the nearest environment before production that has the unit", () => {
    const dev = ownerIn("dev");
    expect(says(workload(dev, { replicas: 3 }), workload(staging, { replicas: 2 }), workload(production, { replicas: 2 }))).toEqual([]);
    expect(says(workload(dev, { replicas: 3 }), workload(production, { replicas: 2 }))).toEqual([
      `Deployment bookshop-production/catalogue is weaker than in 'dev': 2 Pods instead of 3\n${hint}`,
    ]);
  });

  test("compares no other objects, units and environments", () => {
    expect(says(workload(staging, { replicas: 3 }))).toEqual([]);
    expect(says(workload(staging, { replicas: 3 }), workload(ownerIn("dev")))).toEqual([]);
    expect(says(workload(staging, { replicas: 3 }), workload(ownerIn("production", "dev-eu", "checkout")))).toEqual([]);
    expect(says(workload(staging, { container: { name: "other", readinessProbe: {} } }), workload(production))).toEqual([]);
    expect(reported(productionWeaker, [workload(staging, { replicas: 3 }), workload(production)])).toEqual([]);
  });
});
