import { destinationOf, namespaceMadeBy, sourcesOf } from "../../manifest/application-document.ts";
import { isGlob } from "../../manifest/argocd-glob.ts";
import { clusterScopedKinds } from "../../manifest/cluster-scoped-kinds.ts";
import { groupKind, objectName } from "../../manifest/manifest.ts";
import { deliveryKinds, type GroupKind, namespacedKinds } from "../../manifest/namespaced-kinds.ts";
import type { ClusterResourceDocument, DestinationDocument } from "../../manifest/project-spec.ts";
import { retiringDestination, retiringObject, retiringOf } from "../../manifest/retiring-entry.ts";
import { clusterResourceText, destinationText } from "../projects/entry-text.ts";
import { coversDestination, coversObject, coversSource, denies, splitKind } from "../projects/project-fence.ts";
import { type ProjectUse, projectUses } from "../projects/project-use.ts";
import type { Finding, Rule } from "../rule.ts";

type ClusterObject = Required<ClusterResourceDocument>;

/** What a project permits beyond its needs is there for whoever can write into its folder. */
export const projectNeeds: Rule = {
  id: "project-needs",
  severity: "error",
  subject: "argocd",
  title:
    "Every source, destination and cluster-scoped kind that an AppProject permits is needed, or marked as retiring; namespaced kinds are the catalogue's.",
  reason: "What a project permits beyond its needs is there for whoever can write into its folder.",
  fix: "Take the entry out; list it under retiring of the system while Argo CD still has to remove what it was for.",
  needs: "definitions",
  check: (facts) => projectUses(facts).flatMap(findingsOf),
};

function findingsOf(use: ProjectUse): Finding[] {
  const { spec, manifest } = use.fence;
  // nothing at all comes out of a project without sources: the emptied `default`
  if (spec.sourceRepos.length === 0) return [];
  const project = objectName(manifest.document);
  const catalogue = deliversDelivery(use) ? deliveryKinds : namespacedKinds;
  return [
    ...permissionsOf(use).flatMap((permission) => judge(project, permission)),
    ...catalogueFindings(project, spec.namespaceResourceWhitelist, catalogue),
  ].map((finding) => ({ ...finding, manifest }));
}

/** An entry of a project that permits something. */
interface Permission {
  readonly text: string;
  readonly needed: boolean;
  /** Whether it permits more than one thing. */
  readonly broad: boolean;
  readonly retiring: boolean;
}

function permissionsOf(use: ProjectUse): Permission[] {
  const { sourceRepos, destinations, clusterResourceWhitelist } = use.fence.spec;
  const used = usedBy(use);
  const retiring = retiringOf(use.fence.manifest);
  return [
    ...sourceRepos
      .filter((entry) => !denies(entry))
      .map((entry) => ({
        text: `source '${entry}'`,
        needed: used.sources.some((url) => coversSource(entry, url)),
        broad: isGlob(entry),
        retiring: false,
      })),
    ...destinations
      .filter((entry) => !partsOf(entry).some(denies))
      .map((entry) => ({
        text: `destination ${destinationText(entry)}`,
        needed: used.destinations.some((destination) => coversDestination(entry, destination)),
        broad: partsOf(entry).some(isGlob),
        retiring: retiring.has(retiringDestination(entry)),
      })),
    ...clusterResourceWhitelist.map((entry) => ({
      text: `${clusterResourceText(entry)} of the cluster`,
      needed: used.clusterObjects.some((object) => coversObject(entry, object)),
      broad: (entry.name ?? "") === "" || [entry.group, entry.kind, entry.name ?? ""].some(isGlob),
      retiring: retiring.has(retiringObject(entry)),
    })),
  ];
}

function partsOf({ server = "", name = "", namespace = "" }: DestinationDocument): string[] {
  return [server, name, namespace];
}

function judge(project: string, { text, needed, broad, retiring }: Permission): Omit<Finding, "manifest">[] {
  if (needed && retiring)
    return [{ message: `${project} says that ${text} retires, but it is still needed`, hint: "take it out of retiring" }];
  if (!needed && !retiring) {
    return [
      {
        message: `${project} permits ${text}, which none of its Applications needs`,
        hint: "take it out; while Argo CD still has to remove what it was for, list it under retiring of the system",
      },
    ];
  }
  if (!broad) return [];
  return [{ message: `${project} permits ${text}, which is more than its Applications need`, hint: "name exactly what is needed" }];
}

/** Everything that the Applications of a project need of it. */
function usedBy({ deliveries }: ProjectUse): {
  readonly sources: readonly string[];
  readonly destinations: readonly DestinationDocument[];
  readonly clusterObjects: readonly ClusterObject[];
} {
  const sources = new Set<string>();
  const destinations: DestinationDocument[] = [];
  const clusterObjects: ClusterObject[] = [];
  for (const { application, manifests } of deliveries) {
    for (const { repoURL } of sourcesOf(application.document)) if (repoURL !== undefined) sources.add(repoURL);
    const destination = destinationOf(application.document);
    const namespaces = new Set([destination.namespace]);
    for (const { document } of manifests) {
      const { name, namespace } = document.metadata;
      if (namespace !== undefined) {
        if (namespace !== destination.namespace) namespaces.add(namespace);
      } else if (clusterScopedKinds.has(groupKind(document))) clusterObjects.push({ ...splitKind(groupKind(document)), name });
    }
    const made = namespaceMadeBy(application.document);
    if (made !== undefined) clusterObjects.push({ group: "", kind: "Namespace", name: made });
    for (const namespace of namespaces) destinations.push({ ...destination, namespace });
  }
  return { sources: [...sources], destinations, clusterObjects };
}

/** Whether it is the project of roots. */
function deliversDelivery({ deliveries }: ProjectUse): boolean {
  // a folder holds what is of one scope
  return deliveries.some(({ manifests: [first] }) => first?.owner.scope === "control-plane" || first?.owner.scope === "delivery");
}

function catalogueFindings(
  project: string,
  listed: readonly GroupKind[] | undefined,
  catalogue: readonly GroupKind[],
): Omit<Finding, "manifest">[] {
  if (listed === undefined) {
    return [
      {
        message: `${project} permits every namespaced kind: it has no namespaceResourceWhitelist`,
        hint: "give it the catalogue of namespaced kinds",
      },
    ];
  }
  if (isSame(listed, catalogue)) return [];
  const [has, wants] = [new Set(listed.map(kindText)), new Set(catalogue.map(kindText))];
  const hint = "every project takes them from the one catalogue: one that narrows with the last object of a kind leaves that object behind";
  const [more, less] = [difference(has, wants), difference(wants, has)];
  return [
    ...(more === "" ? [] : [{ message: `${project} permits namespaced kinds that are not in the catalogue: ${more}`, hint }]),
    ...(less === "" ? [] : [{ message: `${project} lacks namespaced kinds of the catalogue: ${less}`, hint }]),
  ];
}

function isSame(one: readonly GroupKind[], other: readonly GroupKind[]): boolean {
  return one.length === other.length && one.every(({ group, kind }, index) => group === other[index]?.group && kind === other[index].kind);
}

function kindText({ group, kind }: GroupKind): string {
  return group === "" ? kind : `${group}/${kind}`;
}

function difference(kinds: ReadonlySet<string>, others: ReadonlySet<string>): string {
  return [...kinds]
    .filter((kind) => !others.has(kind))
    .map((kind) => `'${kind}'`)
    .join(", ");
}
