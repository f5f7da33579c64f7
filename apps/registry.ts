import { platform } from "./platform/system.ts";
import { tenants } from "./tenants.ts";

/** Every system that runs in environments; what is not listed is not rendered. */
export const systems = tenants;

/** Systems whose scope is a cluster instead of an environment. */
export const clusterSystems = [platform];
