import type { Definitions } from "../definition/definitions.ts";
import type { ReadSource } from "./scaffold-file.ts";
import { openSource } from "./open-source.ts";

/** Where environments are listed, from the project's root. */
export const environmentsRegistry = "environments/registry.ts";

/** An environment as sources name it. */
export interface RegisteredName {
  /** `production` */
  readonly name: string;
  /** The constant: `production`. */
  readonly constant: string;
  /** Its module, from the project's root without a dot: `environments/production/environment.ts`. */
  readonly path: string;
}

/**
 * The environments in promotion order, as `environments/registry.ts` imports them.
 *
 * @throws UserError when that file has not the shape that is known
 */
export async function registeredEnvironments({ environments }: Definitions, read: ReadSource): Promise<readonly RegisteredName[]> {
  const source = await openSource(environmentsRegistry, read);
  const imports = source.imports();
  return environments.map(({ definition: { name } }) => {
    const found = imports.find(({ from }) => from === `./${name}/environment.ts`);
    const { name: constant } = source.require(found, `import of './${name}/environment.ts'`, `'${name}' to what you are making`);
    return { name, constant, path: `environments/${name}/environment.ts` };
  });
}
