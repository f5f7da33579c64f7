import type { EnvironmentDefinition } from "./environment.ts";
import type { EnvironmentPolicy } from "./environment-policy.ts";

/** What a system does other than the environment's policy says. */
export interface PolicyDeviation {
  readonly environment: EnvironmentDefinition;
  readonly policy: Partial<EnvironmentPolicy>;
  /** Why, for whoever reviews the definition. */
  readonly reason: string;
}
