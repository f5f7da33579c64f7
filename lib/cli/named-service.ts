import type { Definitions } from "../definition/definitions.ts";
import type { EnvironmentDefinition } from "../definition/environment.ts";
import type { EnvironmentPolicy } from "../definition/environment-policy.ts";
import { policyOf } from "../definition/policy-of.ts";
import type { ServiceDefinition } from "../definition/service.ts";
import type { SystemDefinition } from "../definition/system.ts";
import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { parsePinKey } from "../image/pin-keys.ts";

/** A service in an environment, as somebody named it on the command line. */
export interface NamedService {
  readonly system: SystemDefinition;
  readonly service: ServiceDefinition;
  readonly environment: EnvironmentDefinition;
  /** The environment's, with the system's deviations laid over. */
  readonly policy: EnvironmentPolicy;
  /** A container beside the main one. */
  readonly container?: string | undefined;
  /** A version beside the stable one: `canary`. */
  readonly track?: string | undefined;
  /** What was written: also the key of the pin. */
  readonly text: string;
}

/**
 * Finds an environment by its name.
 *
 * @throws UserError when there is none
 */
export function namedEnvironment({ environments }: Definitions, name: string): EnvironmentDefinition {
  const known = environments.map(({ definition }) => definition);
  const found = known.find((environment) => environment.name === name);
  if (found !== undefined) return found;
  const names = known.map((environment) => environment.name);
  throw new UserError(`there is no environment '${name}'`, { hint: `the environments are: ${nearestNames(name, names)}` });
}

/**
 * Finds a service that has pins of its own.
 *
 * @param text - `<system>/<service>[:<container>][@<track>]`
 * @throws UserError when it names none that runs in the environment
 */
export function namedService(definitions: Definitions, text: string, environmentName: string): NamedService {
  const name = parsePinKey(text);
  if (name === undefined) {
    throw new UserError(`'${text}' names no service`, {
      hint: "write <system>/<service>, then :<container> or @<track> where one is meant",
    });
  }
  const found = namedSystem(definitions, name.system, environmentName);
  const { services } = found.system;
  const service = services.find((candidate) => candidate.name === name.service);
  if (service === undefined) {
    const names = services.map((candidate) => candidate.name);
    throw new UserError(`the system '${name.system}' has no service '${name.service}'`, {
      hint: names.length === 0 ? "it has none" : `its services are: ${nearestNames(name.service, names)}`,
    });
  }
  if (service.imageOf !== undefined) {
    throw new UserError(`'${name.system}/${name.service}' has no pin of its own: it runs the image of '${service.imageOf.name}'`, {
      hint: `name '${name.system}/${service.imageOf.name}': both move with its pin`,
    });
  }
  return { ...found, service, container: name.container, track: name.track, text };
}

/**
 * Finds a service, or all services of a system that have pins of their own.
 *
 * @param text - as {@link namedService} takes it, or `<system>` alone
 * @throws UserError when it names none that runs in the environment
 */
export function namedServices(definitions: Definitions, text: string, environmentName: string): NamedService[] {
  if (text.includes("/")) return [namedService(definitions, text, environmentName)];
  const found = namedSystem(definitions, text, environmentName);
  const own = found.system.services.filter(({ imageOf }) => imageOf === undefined);
  if (own.length === 0) throw new UserError(`the system '${text}' has no service, and so no pins`);
  return own.map((service) => ({ ...found, service, text: `${text}/${service.name}` }));
}

function namedSystem(
  definitions: Definitions,
  name: string,
  environmentName: string,
): Pick<NamedService, "system" | "environment" | "policy"> {
  const environment = namedEnvironment(definitions, environmentName);
  const { systems, clusterSystems } = definitions;
  const system = systems.find((candidate) => candidate.name === name);
  if (system === undefined) {
    const clusterWide = clusterSystems.some((candidate) => candidate.name === name);
    const names = systems.map((candidate) => candidate.name);
    throw new UserError(clusterWide ? `the system '${name}' belongs to clusters, and has no image pins` : `there is no system '${name}'`, {
      hint: `the systems${clusterWide ? " that have some" : ""} are: ${nearestNames(name, names)}`,
    });
  }
  if (!system.environments.includes(environment)) {
    const names = system.environments.map((candidate) => candidate.name);
    throw new UserError(`the system '${name}' does not run in '${environmentName}'`, {
      hint: names.length === 0 ? "it runs nowhere" : `it runs in: ${nearestNames(environmentName, names)}`,
    });
  }
  return { system, environment, policy: policyOf(system, environment) };
}
