import type { ServiceDefinition } from "./service.ts";
import type { SystemDefinition } from "./system.ts";

/** The services whose pins move in one commit with those of a service: itself, and the rest of its set. */
export function movingWith(system: Pick<SystemDefinition, "movesTogether">, service: ServiceDefinition): readonly ServiceDefinition[] {
  return (system.movesTogether ?? []).find((set) => set.includes(service)) ?? [service];
}
