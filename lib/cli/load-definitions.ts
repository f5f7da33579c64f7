import type { Definitions } from "../definition/definitions.ts";

/** Everything that people wrote. A mistake in it is thrown by this call, and not before, so that it can be told like every other. */
export async function loadDefinitions(): Promise<Definitions> {
  const { clusterSystems, systems } = await import("../../apps/registry.ts");
  const { controlPlanes, environments } = await import("../../environments/registry.ts");
  const { organization } = await import("../../environments/organization.ts");
  const { repository } = await import("../../environments/repository.ts");
  return { organization, repository, systems, clusterSystems, environments, controlPlanes };
}
