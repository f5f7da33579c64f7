import { groupKind, type Manifest } from "../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import type { GroupKind } from "../../lib/manifest/namespaced-kinds.ts";
import type { RenderedRepository } from "../../lib/synth/line.ts";
import type { Rule } from "../../lib/validation/rule.ts";

/** The lists of an AppProject that permit. */
const lists = ["sourceRepos", "destinations", "clusterResourceWhitelist", "namespaceResourceWhitelist"] as const;

type PermissionList = (typeof lists)[number];

type ProjectLists = Readonly<Record<PermissionList, readonly unknown[]>>;

/** One entry of one list of one AppProject, and the repository without it, or with one more. */
export interface ChangedProject {
  /** `shop-dev destinations {"server":…}`. */
  readonly title: string;
  /** The changed list: `destinations`. */
  readonly list: PermissionList;
  /** What messages name of the entry. */
  readonly named: string;
  /** What a rule says of the repository with the changed project. */
  reports(rule: Rule): string[];
}

/** Every permission of every AppProject, each taken away by itself; of the catalogue of namespaced kinds those that the project's Applications hold. */
export function withoutEachPermission(repository: RenderedRepository): ChangedProject[] {
  const used = usedKinds(repository);
  return projectsOf(repository).flatMap((project) =>
    lists.flatMap((list) =>
      entriesOf(project, list)
        .filter((entry) => list !== "namespaceResourceWhitelist" || used.has(usedKind(project, entry as GroupKind)))
        .map((entry) =>
          changed(
            repository,
            project,
            list,
            entry,
            entriesOf(project, list).filter((other) => other !== entry),
          ),
        ),
    ),
  );
}

/** Every AppProject with one permission more, of each list. */
export function withOneMore(repository: RenderedRepository): ChangedProject[] {
  const more: Readonly<Record<PermissionList, unknown>> = {
    sourceRepos: "https://elsewhere.example/repository.git",
    destinations: { server: "https://kubernetes.default.svc", namespace: "kube-system" },
    clusterResourceWhitelist: { group: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "administrator" },
    namespaceResourceWhitelist: { group: "", kind: "Secret" },
  };
  return projectsOf(repository).flatMap((project) =>
    lists.map((list) => changed(repository, project, list, more[list], [...entriesOf(project, list), more[list]])),
  );
}

/** The AppProjects that permit anything at all. */
function projectsOf({ manifests }: RenderedRepository): Manifest[] {
  return manifests.filter((manifest) => manifest.document.kind === "AppProject" && entriesOf(manifest, "sourceRepos").length > 0);
}

function entriesOf({ document }: Manifest, list: PermissionList): readonly unknown[] {
  return (document.spec as ProjectLists)[list];
}

function changed(
  { manifests, facts }: RenderedRepository,
  project: Manifest,
  list: PermissionList,
  entry: unknown,
  entries: readonly unknown[],
): ChangedProject {
  const other: Manifest = {
    ...project,
    document: { ...project.document, spec: { ...(project.document.spec as ProjectLists), [list]: entries } },
  };
  return {
    title: `${project.document.metadata.name} ${list} ${JSON.stringify(entry)}`,
    list,
    named:
      typeof entry === "string"
        ? entry
        : (Object.values(entry as object)
            .join(" ")
            .split(" ")
            .at(-1) ?? ""),
    reports(rule) {
      const whole = manifests.map((manifest) => (manifest === project ? other : manifest));
      return rule.check(new RepositoryFacts(whole, facts.definitions?.definitions)).map(({ message }) => message);
    },
  };
}

/** The namespaced kinds that Applications of each project hold. */
function usedKinds({ facts }: RenderedRepository): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { project, manifests } of facts.deliveries?.all ?? []) {
    if (project === undefined) continue;
    for (const { document } of manifests) {
      const [group = "", kind = group] = groupKind(document).split("/");
      used.add(usedKind(project, kind === group ? { group: "", kind } : { group, kind }));
    }
  }
  return used;
}

function usedKind({ document }: Manifest, { group, kind }: GroupKind): string {
  return `${document.metadata.name} ${group} ${kind}`;
}
