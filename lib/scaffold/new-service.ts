import { requireName } from "../definition/name.ts";
import type { SystemDefinition } from "../definition/system.ts";
import { UserError } from "../errors/user-error.ts";
import { layOut, quoted } from "./code.ts";
import { type ConstructName, type FirstProps, firstProps } from "./first-props.ts";
import { identifierOf } from "./identifier.ts";
import { openSource } from "./open-source.ts";
import { requireAbsent } from "./require-absent.ts";
import type { ReadSource, ScaffoldFile } from "./scaffold-file.ts";
import type { ListFinder } from "./typescript-source.ts";

/** What is known of a new service. */
export interface NewService {
  readonly name: string;
  readonly construct: ConstructName;
}

/**
 * A service: its file, and its place in the `system.ts` of its system; pins are somebody else's.
 *
 * @throws UserError when it exists, its name cannot be used, or its construct needs a mesh that the system does not join
 */
export async function newService(system: SystemDefinition, service: NewService, read: ReadSource): Promise<readonly ScaffoldFile[]> {
  const { name } = service;
  requireName("service", name);
  if (["namespace", "system"].includes(name)) throw new UserError(`a service cannot be called '${name}'`, { hint: "choose another name" });
  requireAbsent("service", name, system.services, `${system.name}/${name}`);
  if (service.construct === "canary-service" && system.mesh !== "sidecar") {
    throw new UserError(`a canary needs a mesh with sidecars, got mesh '${system.mesh ?? "none"}'`, {
      hint: `say mesh: "sidecar" in apps/${system.name}/system.ts, or take another construct`,
    });
  }
  const constant = identifierOf(name, "Service");
  const source = await openSource(`apps/${system.name}/system.ts`, read);
  const listed = source.addImport(constant, `./${name}.ts`, "Service");
  const byHand = `import { ${constant} } from "./${name}.ts", and list it under services`;
  const find: ListFinder = (current) => {
    const definition = current.definition("defineSystem", system.name);
    return definition && current.list(current.property(definition.props, "services"));
  };
  source.require(find(source), `list of services in defineSystem({ name: ${quoted(system.name)}, … })`, byHand);
  source.addElement(find, listed);
  return [
    { path: `apps/${system.name}/${name}.ts`, text: serviceText(name, constant, firstProps[service.construct]), kind: "create" },
    { path: source.path, text: source.text, kind: "change" },
  ];
}

function serviceText(name: string, constant: string, { construct, imports, props }: FirstProps): string {
  const definition = { open: true, object: { name: quoted(name), construct, props: { open: true, object: props } } };
  return [
    'import { defineService } from "../../lib/definition/service.ts";',
    ...Object.keys(imports)
      .sort()
      .map((file) => `import { ${imports[file] ?? ""} } from "../../lib/workload/${file}.ts";`),
    "",
    layOut(`export const ${constant} = defineService(`, definition, ");"),
    "",
  ].join("\n");
}
