import type { Definitions } from "../definition/definitions.ts";
import type { EnvironmentDefinition } from "../definition/environment.ts";
import { namespaceOf } from "../definition/namespace-of.ts";
import type { SealedSecretSpec } from "../definition/sealed-secret.ts";
import type { SystemDefinition, NamespaceProps } from "../definition/system.ts";
import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { SystemNamespace } from "../namespace/system-namespace.ts";
import { namespaceLayersOf, resolveProps } from "../overlay/resolve-props.ts";
import { checkDefinitions } from "./check-definitions.ts";

/** The sealed secrets of a system in an environment, by name, and where they will be. */
export interface DeclaredSealedSecrets {
  readonly system: SystemDefinition;
  readonly environment: EnvironmentDefinition;
  readonly namespace: string;
  readonly secrets: Readonly<Record<string, SealedSecretSpec>>;
}

/**
 * What a system declares under `namespace.sealedSecrets` in an environment, overlays included.
 *
 * @throws UserError when there is no such system or environment, or the one does not run in the other
 */
export function declaredSealedSecrets(definitions: Definitions, systemName: string, environmentName: string): DeclaredSealedSecrets {
  checkDefinitions(definitions);
  const system = definitions.systems.find(({ name }) => name === systemName);
  const registered = definitions.environments.find(({ definition }) => definition.name === environmentName);
  if (system === undefined) {
    const names = definitions.systems.map(({ name }) => name);
    throw new UserError(`there is no system '${systemName}'`, { hint: `the systems are: ${nearestNames(systemName, names)}` });
  }
  if (registered === undefined) {
    const names = definitions.environments.map(({ definition }) => definition.name);
    throw new UserError(`there is no environment '${environmentName}'`, {
      hint: `the environments are: ${nearestNames(environmentName, names)}`,
    });
  }
  const environment = registered.definition;
  if (!system.environments.includes(environment)) {
    const names = system.environments.map(({ name }) => name);
    throw new UserError(`the system '${systemName}' does not run in '${environmentName}'`, {
      hint: `it runs in: ${nearestNames(environmentName, names)}`,
    });
  }
  const { sealedSecrets = {} } = resolveProps(namespaceLayersOf(system, SystemNamespace, registered)) as NamespaceProps;
  return { system, environment, namespace: namespaceOf(system, environment), secrets: sealedSecrets };
}
