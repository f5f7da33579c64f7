import type { Definitions } from "../definition/definitions.ts";
import { defineEnvironment, type EnvironmentDefinition } from "../definition/environment.ts";
import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { type Code, layOut, quoted } from "./code.ts";
import { identifierOf } from "./identifier.ts";
import { openSource } from "./open-source.ts";
import { environmentsRegistry, registeredEnvironments, type RegisteredName } from "./registered-environments.ts";
import { requireAbsent } from "./require-absent.ts";
import type { ReadSource, ScaffoldFile } from "./scaffold-file.ts";
import type { ListFinder, TypeScriptSource } from "./typescript-source.ts";

const secretStoresFile = "apps/platform/secret-stores.ts";
const clustersFile = "apps/platform/clusters.ts";

/** What is known of a new environment. */
export interface NewEnvironment {
  readonly name: string;
  /** The environment that promotes to it. */
  readonly after: string;
}

/** How the environment before it names its secrets: `export const stagingSecretStore = gcpSecretManager("staging")`. */
interface OwnStore {
  readonly maker: string;
  readonly from: string;
}

/**
 * An environment in which no system runs yet: its folder, and its places in the registry, under the control plane, the secret stores and the clusters of
 * the environment before it.
 *
 * @throws UserError when it exists, its name cannot be used, there is no environment to come after, or a file has not the shape that is known
 */
export async function newEnvironment(
  definitions: Definitions,
  { name, after }: NewEnvironment,
  read: ReadSource,
): Promise<readonly ScaffoldFile[]> {
  const known = definitions.environments.map(({ definition }) => definition);
  requireAbsent("environment", name, known);
  const before = known.find((environment) => environment.name === after);
  const registered = (await registeredEnvironments(definitions, read)).find((environment) => environment.name === after);
  if (before === undefined || registered === undefined) {
    throw new UserError(`there is no environment '${after}'`, {
      hint: `there are: ${nearestNames(
        after,
        known.map((environment) => environment.name),
      )}`,
    });
  }
  // refuses a name that cannot be used
  defineEnvironment({ ...before, name });
  const constant = identifierOf(name, "Environment");
  const source = await openSource(registered.path, read);
  const store = before.secretStore === undefined ? undefined : ownStore(source, after);
  const folder = `environments/${name}`;
  return [
    { path: `${folder}/environment.ts`, text: environmentText(name, constant, before, source, store), kind: "create" },
    { path: `${folder}/overlays.ts`, text: overlaysText, kind: "create" },
    { path: `${folder}/images.yaml`, text: imagesText(name), kind: "create" },
    ...(store === undefined ? [] : [await registerStore(name, constant, registered, read)]),
    await registerClusters(name, constant, registered, read),
    await register(name, constant, registered, read),
  ];
}

const overlaysText = `import type { OverlayDefinition } from "../../lib/definition/overlay.ts";

export const overlays: OverlayDefinition[] = [];
`;

function imagesText(name: string): string {
  return `# What '${name}' runs: '<system>/<service>[:<container>][@<track>]: <image>', one line each.\n`;
}

function environmentText(
  name: string,
  constant: string,
  before: EnvironmentDefinition,
  source: TypeScriptSource,
  store: OwnStore | undefined,
): string {
  const byHand = `write environments/${name}/environment.ts after the model of '${source.path}'`;
  const { props } = source.require(
    source.definition("defineEnvironment", before.name),
    `defineEnvironment({ name: "${before.name}", … })`,
    byHand,
  );
  const clusters = source.require(source.list(source.property(props, "clusters")), "list of clusters", byHand);
  const used = clusters.elements.map((element) => element.getText());
  const clusterImports = used.map((local) =>
    source.require(
      source.imports().find((one) => one.local === local),
      `import of '${local}'`,
      byHand,
    ),
  );
  // what asks for a review before it takes nothing without one
  const guarded = before.policy.approval === "pull-request";
  const policy: Code = {
    open: true,
    object: {
      sync: guarded ? "SyncMode.manual()" : "SyncMode.automated({ prune: true, selfHeal: true })",
      approval: quoted(guarded ? "pull-request" : "promotion"),
      images: { object: { tag: quoted(guarded ? "release" : "any"), digest: '"required"' } },
    },
  };
  const imports = [
    { name: "defineEnvironment", from: "../../lib/definition/environment.ts" },
    { name: "SyncMode", from: "../../lib/definition/environment-policy.ts" },
    ...clusterImports.map((one) => ({ name: one.name === one.local ? one.name : `${one.name} as ${one.local}`, from: one.from })),
    { name: "organization", from: "../organization.ts" },
    ...(store === undefined ? [] : [{ name: store.maker, from: store.from }]),
  ];
  const definition: Code = {
    open: true,
    object: {
      name: quoted(name),
      clusters: used,
      domain: `\`${name}.\${organization.domain}\``,
      secretStore: store && storeConstant(constant),
      policy,
    },
  };
  return [
    ...importLines(imports),
    "",
    ...(store === undefined ? [] : [`export const ${storeConstant(constant)} = ${store.maker}(${quoted(name)});`, ""]),
    layOut(`export const ${constant} = defineEnvironment(`, definition, ");"),
    "",
  ].join("\n");
}

function importLines(imports: readonly { readonly name: string; readonly from: string }[]): readonly string[] {
  const paths = [...new Set(imports.map(({ from }) => from))];
  return paths.map((path) => {
    const names = imports.filter(({ from }) => from === path).map((one) => one.name);
    return `import { ${names.join(", ")} } from ${quoted(path)};`;
  });
}

function ownStore(source: TypeScriptSource, name: string): OwnStore {
  const byHand = "a secret store for the new environment, after the model of another environment";
  const value = source.constant(`${name}SecretStore`)?.getText() ?? "";
  const [, maker, of] = /^(\w+)\("([^"]*)"\)$/.exec(value) ?? [];
  const imported = source.imports().find(({ local }) => local === maker && of === name);
  const { local, from } = source.require(imported, `constant '${name}SecretStore' that an imported function makes of '${name}'`, byHand);
  return { maker: local, from };
}

function storeConstant(constant: string): string {
  return `${constant}SecretStore`;
}

async function registerStore(name: string, constant: string, after: RegisteredName, read: ReadSource): Promise<ScaffoldFile> {
  const source = await openSource(secretStoresFile, read);
  const from = `../../environments/${name}/environment.ts`;
  const find: ListFinder = (current) =>
    current.lists().find(({ elements }) => elements.some((element) => current.holds(element, "environment", after.constant)));
  source.require(find(source), `list with the store of '${after.name}'`, `the store of '${name}'`);
  const [local, store] = [
    source.addImport(constant, from, "Environment"),
    source.addImport(storeConstant(constant), from, "OfEnvironment"),
  ];
  source.addElement(find, `{ environment: ${local}, store: ${store} }`, (element) => source.holds(element, "environment", after.constant));
  return { path: source.path, text: source.text, kind: "change" };
}

async function registerClusters(name: string, constant: string, after: RegisteredName, read: ReadSource): Promise<ScaffoldFile> {
  const source = await openSource(clustersFile, read);
  source.require(listOf(after.constant)(source), `list of environments with '${after.name}'`, `the clusters of '${name}'`);
  const local = source.addImport(constant, `../../environments/${name}/environment.ts`, "Environment");
  source.addElement(listOf(after.constant), local, (element) => element.getText() === after.constant);
  return { path: source.path, text: source.text, kind: "change" };
}

async function register(name: string, constant: string, after: RegisteredName, read: ReadSource): Promise<ScaffoldFile> {
  const source = await openSource(environmentsRegistry, read);
  const find: ListFinder = (current) => current.list(current.constant("environments"));
  const byHand = `'${name}' behind '${after.name}' in the list of environments, and under a control plane`;
  const isAfter = (element: Parameters<TypeScriptSource["holds"]>[0]): boolean => source.holds(element, "definition", after.constant);
  source.require(find(source)?.elements.find(isAfter), `entry of '${after.name}' in 'environments'`, byHand);
  source.require(listOf(after.constant)(source), `list of environments with '${after.name}' under a control plane`, byHand);
  const local = source.addImport(constant, `./${name}/environment.ts`, "Environment");
  const overlays = source.addImport("overlays", `./${name}/overlays.ts`, "OfEnvironment", `${local}Overlays`);
  source.addElement(find, `{ definition: ${local}, overlays: ${overlays} }`, isAfter);
  source.addElement(listOf(after.constant), local, (element) => element.getText() === after.constant);
  return { path: source.path, text: source.text, kind: "change" };
}

/** The list that an environment's constant is an element of. */
function listOf(constant: string): ListFinder {
  return (source) => source.lists().find(({ elements }) => elements.some((element) => element.getText() === constant));
}
