import type { ClusterDefinition, MeshProps } from "../../definition/cluster.ts";
import { compareVersions } from "../../definition/compare-versions.ts";
import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { type AskedModes, isInMesh, markOf, meshLabel, modesOfNamespace, modesOfPods } from "../../manifest/mesh-membership.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

const modes: readonly MeshProps["mode"][] = ["sidecar", "ambient"];

/**
 * Sidecars end with a Job since then, unless istiod is told otherwise: by itself it makes them native only where every node has a Kubernetes in which
 * they are stable. @see https://istio.io/latest/news/releases/1.27.x/announcing-1.27/
 */
const nativeSince = { istio: "1.27", kubernetes: "1.33" } as const;

/** A Pod in another mesh than its cluster's is in none, or is refused. */
export const meshPodSecurity: Rule = {
  id: "mesh-pod-security",
  severity: "error",
  subject: "network",
  title: "Namespaces and Pods join the mesh that their cluster declares, in its mode, and with Pods that can be in it.",
  reason:
    "Labels of another mode do nothing, or inject what the Pod Security Standard refuses; a Job with a sidecar that goes on never ends.",
  fix: "Say mesh of the cluster and of the system, and take labels of another mode away.",
  needs: "manifests",
  check: (facts) => [
    ...facts.ofKind("Namespace").flatMap((namespace) => namespaceFindings(facts, namespace)),
    ...facts.workloads.flatMap((workload) => workloadFindings(facts, workload)),
  ],
};

function namespaceFindings(facts: RepositoryFacts, namespace: Manifest): Finding[] {
  const asked = modesOfNamespace(namespace);
  const name = objectName(namespace.document);
  const labels = namespace.document.metadata.labels ?? {};
  const hint = "keep one of the two labels";
  const findings = [...foreign(facts, namespace, asked), ...forgotten(facts, namespace, asked)];
  if (asked.sidecar !== undefined && asked.ambient !== undefined) {
    const message = `${name} asks for sidecars (${asked.sidecar}) and for ambient (${asked.ambient}) at once`;
    findings.push({ message, hint, manifest: namespace });
  }
  if (labels[meshLabel.injection] !== undefined && labels[meshLabel.revision] !== undefined) {
    const message = `${name} has the labels ${meshLabel.injection} and ${meshLabel.revision}, of which the second then does nothing`;
    findings.push({ message, hint, manifest: namespace });
  }
  return findings;
}

/** The mode that a system declares, and that its Namespace does not ask for. */
function forgotten({ definitions }: RepositoryFacts, namespace: Manifest, asked: AskedModes): Finding[] {
  const { owner, document } = namespace;
  if (definitions === undefined || owner.scope !== "environment") return [];
  const mesh = definitions.definitions.systems.find(({ name }) => name === owner.system)?.mesh;
  if (mesh === undefined || asked[mesh] !== undefined) return [];
  return [
    {
      message: `${objectName(document)} does not ask for the mesh mode '${mesh}', which system '${owner.system}' declares`,
      hint: `give it the label ${mesh === "sidecar" ? `${meshLabel.injection}: enabled` : `${meshLabel.dataplane}: ambient`}`,
      manifest: namespace,
    },
  ];
}

/** Modes that are asked for where the cluster has another, or no mesh at all. */
function foreign({ definitions }: RepositoryFacts, manifest: Manifest, asked: AskedModes): Finding[] {
  const cluster = definitions?.clusterOf(manifest.owner);
  if (cluster === undefined) return [];
  return modes.flatMap((mode) => {
    const label = asked[mode];
    if (label === undefined || cluster.mesh?.mode === mode) return [];
    const has = cluster.mesh === undefined ? "declares no mesh" : `declares the mode '${cluster.mesh.mode}'`;
    return [
      {
        message: `${objectName(manifest.document)} asks for the mesh mode '${mode}' (${label}), and cluster '${cluster.name}' ${has}`,
        hint: "say mesh of the cluster as it is there, or take the label away",
        manifest,
      },
    ];
  });
}

function workloadFindings(facts: RepositoryFacts, workload: WorkloadFact): Finding[] {
  const { manifest, template } = workload;
  const pod = fieldsOf(template.spec as WorkloadFact["template"]["spec"] & { readonly hostNetwork?: boolean });
  const name = (): string => objectName(manifest.document);
  const findings = foreign(facts, manifest, modesOfPods(workload));
  const joined = modes.filter((mode) => isInMesh(facts, workload, mode));
  if (pod.hostNetwork === true && joined.length > 0) {
    findings.push({
      message: `${name()} uses its node's network, and so stays outside of the mesh that it is asked into`,
      hint: `take hostNetwork away, or keep it out by the label ${joined.includes("ambient") ? `${meshLabel.dataplane}: none` : `${meshLabel.inject}: "false"`}`,
      manifest,
    });
  }
  const { kind } = manifest.document;
  if (kind !== "Job" && kind !== "CronJob") return findings;
  if (entriesOf(pod.containers).some((container) => container.name === "istio-proxy")) {
    const hint = "make it an init container with restartPolicy: Always, which ends with the others";
    findings.push({ message: `${name()} never ends: its container 'istio-proxy' goes on when the others have ended`, hint, manifest });
  } else if (joined.includes("sidecar") && !hasNativeSidecar(workload, facts.definitions?.clusterOf(manifest.owner))) {
    findings.push({
      message: `${name()} never ends: its sidecar goes on, since sidecars are native from Istio ${nativeSince.istio} on Kubernetes ${nativeSince.kubernetes} on`,
      hint: `raise versions of the cluster, or keep it out by the label ${meshLabel.inject}: "false"`,
      manifest,
    });
  }
  return findings;
}

/** Where nobody says which versions run, the cluster's word for its mode includes it. */
function hasNativeSidecar(workload: WorkloadFact, cluster: ClusterDefinition | undefined): boolean {
  const mark = markOf(workload, meshLabel.nativeSidecar);
  if (mark !== undefined) return mark === "true";
  const { istio = nativeSince.istio, kubernetes = nativeSince.kubernetes } = cluster?.versions ?? {};
  return compareVersions(istio, nativeSince.istio) >= 0 && compareVersions(kubernetes, nativeSince.kubernetes) >= 0;
}
