import { destinationOf, namespaceMadeBy, sourcesOf } from "../../manifest/application-document.ts";
import type { Delivery } from "../../manifest/deliveries.ts";
import { groupKind, objectName, type Manifest, type Owner } from "../../manifest/manifest.ts";
import type { DestinationDocument } from "../../manifest/project-spec.ts";
import { destinationText, sourceText } from "../projects/entry-text.ts";
import { type ProjectFence, splitKind } from "../projects/project-fence.ts";
import { projectUses } from "../projects/project-use.ts";
import type { Finding, Rule } from "../rule.ts";

/** What a project does not permit never reaches the cluster: the whole sync of its Application fails. */
export const projectPermits: Rule = {
  id: "project-permits",
  severity: "error",
  subject: "argocd",
  title: "The AppProject of every Application permits what it reads, where it deploys to, and every object that it holds.",
  reason: "One object that the project does not permit fails the whole sync, and a source or destination stops the Application altogether.",
  fix: "Permit it in the project, or take the object out.",
  needs: "definitions",
  check: (facts) =>
    projectUses(facts).flatMap(({ fence, deliveries }) => {
      const findings = deliveries.flatMap((delivery) => deliveryFindings(fence, delivery));
      return [...findings, ...namespaceFindings(fence, deliveries, findings)];
    }),
};

/** What was said already of a unit: a kind or a namespace that its project lacks is one finding, however many objects the unit has of it. */
type Said = Map<Owner, Set<string>>;

function deliveryFindings(fence: ProjectFence, { application, manifests }: Delivery): Finding[] {
  const findings = sourceFindings(fence, application);
  const destination = destinationOf(application.document);
  const reached = fence.permitsDestination(destination);
  if (!reached) findings.push(unreachable(fence, application, destination, "deploys to"));
  const said: Said = new Map();
  for (const manifest of manifests) {
    const verdict = fence.verdictOn(manifest.document);
    const { namespace = destination.namespace } = manifest.document.metadata;
    if (verdict === "forbidden cluster object") findings.push(forbiddenObject(fence, manifest));
    else if (verdict === "forbidden kind") {
      if (isNews(said, manifest, manifest.document.kind)) findings.push(forbiddenKind(fence, manifest));
    } else if (verdict === "permitted kind" && reached && namespace !== destination.namespace) {
      const own = { ...destination, namespace };
      if (!fence.permitsDestination(own) && isNews(said, manifest, namespace ?? ""))
        findings.push(unreachable(fence, manifest, own, "belongs to"));
    }
  }
  return findings;
}

function sourceFindings(fence: ProjectFence, application: Manifest): Finding[] {
  return sourcesOf(application.document).flatMap(({ repoURL }) => {
    if (repoURL === undefined || fence.permitsSource(repoURL)) return [];
    return [
      {
        message: `${objectName(application.document)} reads '${repoURL}', which ${objectName(fence.manifest.document)} does not permit`,
        hint: `add it to sourceRepos of the project; it permits ${sourceText(fence.spec)}`,
        manifest: application,
      },
    ];
  });
}

/** The Namespaces that Applications make by themselves; not where the Namespace's own manifest was named. */
function namespaceFindings(fence: ProjectFence, deliveries: readonly Delivery[], others: readonly Finding[]): Finding[] {
  const named = new Set(others.map(({ manifest }) => (manifest?.document.kind === "Namespace" ? manifest.document.metadata.name : "")));
  return deliveries.flatMap(({ application }) => {
    const namespace = namespaceMadeBy(application.document);
    if (namespace === undefined || named.has(namespace) || fence.permitsClusterObject("Namespace", namespace)) return [];
    return [
      {
        message: `${objectName(application.document)} makes Namespace '${namespace}' (CreateNamespace=true), which ${objectName(fence.manifest.document)} does not permit`,
        hint: permitByName("Namespace", namespace),
        manifest: application,
      },
    ];
  });
}

function isNews(said: Said, { owner }: Manifest, what: string): boolean {
  const known = said.get(owner) ?? new Set();
  if (known.has(what)) return false;
  said.set(owner, known.add(what));
  return true;
}

function forbiddenObject(fence: ProjectFence, manifest: Manifest): Finding {
  return {
    message: `${objectName(manifest.document)} belongs to the whole cluster, and ${objectName(fence.manifest.document)} does not permit it`,
    hint: permitByName(groupKind(manifest.document), manifest.document.metadata.name),
    manifest,
  };
}

function unreachable(fence: ProjectFence, manifest: Manifest, destination: DestinationDocument, verb: string): Finding {
  return {
    message: `${objectName(manifest.document)} ${verb} ${destinationText(destination)}, which ${objectName(fence.manifest.document)} does not permit`,
    hint: `add it to destinations of the project; it permits ${fence.spec.destinations.map(destinationText).join(", ") || "none"}`,
    manifest,
  };
}

function permitByName(groupKind: string, name: string): string {
  const { group, kind } = splitKind(groupKind);
  return `add { group: '${group}', kind: '${kind}', name: '${name}' } to clusterResourceWhitelist of the project`;
}

function forbiddenKind(fence: ProjectFence, manifest: Manifest): Finding {
  return {
    message: `${objectName(manifest.document)} is of kind '${groupKind(manifest.document)}', which ${objectName(fence.manifest.document)} does not permit`,
    hint: "render another kind, or add it to the catalogue of namespaced kinds, from which every project takes them",
    manifest,
  };
}
