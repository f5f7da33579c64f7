import type { Delivery } from "../../manifest/deliveries.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { ProjectFence } from "./project-fence.ts";

/** An AppProject, and the Applications in it. */
export interface ProjectUse {
  readonly fence: ProjectFence;
  readonly deliveries: readonly Delivery[];
}

/** Every AppProject with its Applications; none where definitions do not say which Application delivers what. */
export function projectUses(facts: RepositoryFacts): ProjectUse[] {
  if (facts.deliveries === undefined) return [];
  const uses = new Map<Manifest, ProjectUse & { readonly deliveries: Delivery[] }>();
  for (const project of facts.ofKind("argoproj.io/AppProject")) uses.set(project, { fence: new ProjectFence(project), deliveries: [] });
  for (const delivery of facts.deliveries.all) if (delivery.project !== undefined) uses.get(delivery.project)?.deliveries.push(delivery);
  return [...uses.values()];
}
