import { argocdAnnotated } from "../manifest/argocd-annotations.ts";
import type { Delivery } from "../manifest/deliveries.ts";
import type { Issue } from "../manifest/issue.ts";
import { objectName, type Manifest } from "../manifest/manifest.ts";
import { foldersAbove } from "../manifest/repository-folders.ts";
import type { RepositoryFacts } from "../manifest/repository-facts.ts";
import { isHook } from "../manifest/sync-step.ts";
import { manifestPath } from "./layout-files.ts";
import type { ExistingFiles, FileChange } from "./plan-changes.ts";

/** The id under which these changes are reported. */
const hookOnlyChangeRule = "hook-only-change";

/** What a plan does to the files of one Application. */
interface ApplicationChanges {
  /** Hooks that will be new or different. */
  readonly hooks: Manifest[];
  /** Whether anything else changes: then the Application is OutOfSync, and the hooks run. */
  others: boolean;
}

/**
 * The Applications of which only hooks would change: hooks do not count in Argo CD's comparison, so that nothing is synced and no hook runs.
 *
 * @param facts - what will be there
 * @param changes - what would change in the output folder
 * @param existing - that folder, as it is
 */
export function hookOnlyChanges(facts: RepositoryFacts, changes: readonly FileChange[], existing: Pick<ExistingFiles, "read">): Issue[] {
  const hooks = new Map<string, Manifest>();
  for (const manifest of argocdAnnotated(facts)) if (isHook(manifest.document)) hooks.set(manifestPath(manifest), manifest);
  if (hooks.size === 0 || changes.length === 0) return [];
  const byDelivery = new Map<Delivery, ApplicationChanges>();
  const deliveryOf = deliveriesByFolder(facts);
  for (const { kind, path } of changes) {
    const delivery = deliveryOf(path);
    if (delivery === undefined) continue;
    const known = byDelivery.get(delivery) ?? { hooks: [], others: false };
    byDelivery.set(delivery, known);
    const hook = hooks.get(path);
    if (hook !== undefined) known.hooks.push(hook);
    else if (kind !== "delete" || !wasHook(existing.read(path))) known.others = true;
  }
  return [...byDelivery].flatMap(([delivery, { hooks: changed, others }]) => (others ? [] : issueOf(delivery, changed)));
}

function deliveriesByFolder(facts: RepositoryFacts): (path: string) => Delivery | undefined {
  const output = facts.definitions?.definitions.repository.output ?? "";
  const byFolder = new Map((facts.deliveries?.all ?? []).map((delivery) => [delivery.spec.source?.path, delivery]));
  return (path) =>
    foldersAbove(`${output}/${path}`)
      .map((folder) => byFolder.get(folder))
      .find((delivery) => delivery !== undefined);
}

/** Of a file as Keelson writes it: one annotation a line. */
function wasHook(content: string | undefined): boolean {
  return content !== undefined && /^ {4}argocd\.argoproj\.io\/hook: /m.test(content);
}

function issueOf({ application }: Delivery, hooks: readonly Manifest[]): Issue[] {
  const [first] = hooks;
  if (first === undefined) return [];
  const { name } = application.document.metadata;
  return [
    {
      severity: "warning",
      rule: hookOnlyChangeRule,
      message: `of ${objectName(application.document)} only hooks change, which starts no sync: ${hooks.map(({ document }) => objectName(document)).join(", ")}`,
      hint: `sync it by hand once this is merged (argocd app sync ${name}), or change what the hook belongs to as well`,
      manifest: first,
    },
  ];
}
