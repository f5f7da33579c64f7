import type { Definitions } from "../../definition/definitions.ts";
import { movingWith } from "../../definition/moving-with.ts";
import type { ServiceDefinition } from "../../definition/service.ts";
import { UserError } from "../../errors/user-error.ts";
import { parsePinKey } from "../../image/pin-keys.ts";
import type { Units } from "../../rollback/unit-objects.ts";
import { type NamedService, namedService } from "../named-service.ts";

/** What a rollback of a service takes in: the whole set that it moves with, with every container and track. */
export interface RollbackScope extends NamedService {
  readonly services: readonly ServiceDefinition[];
  /** Those services, and the ones that run their images. */
  readonly units: Units;
  /** Whether a pin is one of theirs. */
  readonly owns: (key: string) => boolean;
}

/**
 * Finds what is to go back.
 *
 * @param text - `<system>/<service>`
 * @throws UserError when it names a part of a service, or none that runs in the environment
 */
export function rollbackScope(definitions: Definitions, text: string, environmentName: string): RollbackScope {
  const named = namedService(definitions, text, environmentName);
  const { system, service, environment } = named;
  if (named.container !== undefined || named.track !== undefined) {
    const whole = `${system.name}/${service.name}`;
    throw new UserError(`a rollback takes a service as a whole, got '${text}'`, {
      hint: `name '${whole}'; a single pin is moved by \`keelson image set\``,
    });
  }
  const services = movingWith(system, service);
  const running = system.services.filter(({ imageOf }) => imageOf !== undefined && services.includes(imageOf));
  return {
    ...named,
    services,
    units: {
      output: definitions.repository.output,
      environment: environment.name,
      system: system.name,
      names: new Set([...services, ...running].map(({ name }) => name)),
    },
    owns: (key) => {
      const name = parsePinKey(key);
      return name?.system === system.name && services.some((own) => own.name === name.service);
    },
  };
}
