import type { RegisteredEnvironment } from "../definition/definitions.ts";
import type { ServiceDefinition } from "../definition/service.ts";
import type { SystemDefinition } from "../definition/system.ts";
import type { CallPeer, UnitContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { label } from "../manifest/labels.ts";
import { layersOf, resolveProps } from "../overlay/resolve-props.ts";
import { sortByName } from "./sort-by-name.ts";

/**
 * The declared calls of a system in an environment, as each of its services sees them.
 *
 * @throws UserError when a called service serves no port
 */
export function resolveCalls(
  system: SystemDefinition,
  environment: RegisteredEnvironment,
): (service: ServiceDefinition) => UnitContext["calls"] {
  const calls = sortByName(system.calls ?? [], ({ from, to }) => `${from.name} ${to.name}`);
  const ports = new Map<ServiceDefinition, CallPeer["ports"]>();
  for (const { from, to } of calls) {
    if (ports.has(to)) continue;
    const served = to.construct.servedPorts?.(resolveProps(layersOf(to, environment)) as never) ?? {};
    if (Object.keys(served).length === 0) {
      throw new UserError(`'${system.name}/${from.name}' calls '${to.name}', which serves no port`, {
        hint: "give it a construct that serves one, or remove the call",
      });
    }
    ports.set(to, served);
  }
  const from = new Map<ServiceDefinition, CallPeer[]>();
  const to = new Map<ServiceDefinition, CallPeer[]>();
  for (const call of calls) {
    const peer = (unit: ServiceDefinition): CallPeer => ({
      unit: unit.name,
      podLabels: { [label.name]: unit.name },
      ports: ports.get(call.to) ?? {},
    });
    from.set(call.to, [...(from.get(call.to) ?? []), peer(call.from)]);
    to.set(call.from, [...(to.get(call.from) ?? []), peer(call.to)]);
  }
  return (service) => ({ from: from.get(service) ?? [], to: to.get(service) ?? [] });
}
