import type { Definitions } from "../../lib/definition/definitions.ts";
import { benchDefinitions, benchPins } from "../bench/bench-definitions.ts";

/** The services of the bench in its first environment, `dev`, alone: little enough for twenty processes to render at once. */
export function devServices(size: number): Definitions {
  const { systems, environments, controlPlanes, ...rest } = benchDefinitions(size);
  const only = environments.slice(0, 1);
  const definitions = only.map(({ definition }) => definition);
  return {
    ...rest,
    systems: systems.map((system) => ({ ...system, environments: definitions })),
    environments: only,
    controlPlanes: controlPlanes.map((plane) => ({ ...plane, environments: definitions })),
  };
}

/** Their pins: the text of `images.yaml` by its path in the project. */
export function devPins(size: number): Map<string, string> {
  return new Map([...benchPins(size)].filter(([path]) => path.startsWith("environments/dev/")));
}
