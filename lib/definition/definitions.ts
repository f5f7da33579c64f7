import type { ClusterSystemDefinition } from "./cluster-system.ts";
import type { ControlPlaneDefinition } from "./control-plane.ts";
import type { EnvironmentDefinition } from "./environment.ts";
import type { OrganizationDefinition } from "./organization.ts";
import type { OverlayDefinition } from "./overlay.ts";
import type { RepositoryDefinition } from "./repository.ts";
import type { SystemDefinition } from "./system.ts";

/** An environment with its overlays, as `environments/registry.ts` lists it. */
export interface RegisteredEnvironment {
  readonly definition: EnvironmentDefinition;
  readonly overlays: readonly OverlayDefinition[];
}

/** Everything that people wrote: the input of the line, beside the image pins. */
export interface Definitions {
  readonly organization: OrganizationDefinition;
  readonly repository: RepositoryDefinition;
  readonly systems: readonly SystemDefinition[];
  readonly clusterSystems: readonly ClusterSystemDefinition[];
  /** In promotion order. */
  readonly environments: readonly RegisteredEnvironment[];
  readonly controlPlanes: readonly ControlPlaneDefinition[];
}
