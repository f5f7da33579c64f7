import type { SystemDefinition } from "../definition/system.ts";

/** What can be held of systems: all of them, each, and each service that has pins of its own. */
export function holdTargets(systems: readonly Pick<SystemDefinition, "name" | "services">[]): ReadonlySet<string> {
  const services = systems.flatMap(({ name, services: own }) =>
    own.filter(({ imageOf }) => imageOf === undefined).map((service) => `${name}/${service.name}`),
  );
  return new Set(["*", ...systems.map(({ name }) => name), ...services]);
}
