import { objectName, type Manifest, type Owner } from "../manifest/manifest.ts";
import { folderOf } from "../manifest/dist-paths.ts";
import { emitYaml } from "./emit-yaml.ts";

/**
 * Kinds that two groups of one repository share (Istio and Gateway API): the group joins their file's name. A fixed table, so that a name
 * never depends on what other objects there are.
 */
const ambiguousKinds: ReadonlySet<string> = new Set(["Gateway"]);

/** Names that Windows keeps for devices, whatever follows the first dot. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/;

/** A glance: most names are fine as they are. */
const unsafeName = /[^a-z0-9.-]|^(?:con|prn|aux|nul|com|lpt)/;

/** A file as it shall stand under `dist/`. */
export interface RenderedFile {
  /** Relative to `dist/`, `/`-separated. */
  readonly path: string;
  readonly content: string;
  /** The environment that owns the file; none where it is cluster-wide or bootstraps. */
  readonly environment: string | undefined;
}

/**
 * Stage 5 of the line: one file per object, sorted by path in the order of code units.
 *
 * @throws Error when two objects want one file: `findFileCollisions` says so first, as an issue
 */
export function layoutFiles(manifests: readonly Manifest[]): RenderedFile[] {
  const files = manifests.map((manifest) => ({
    path: manifestPath(manifest),
    content: emitYaml(manifest.document),
    environment: environmentOf(manifest.owner),
  }));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const shared = files.find(({ path }, index) => path === files[index + 1]?.path);
  if (shared === undefined) return files;
  const objects = manifests.filter((manifest) => manifestPath(manifest) === shared.path).map(({ document }) => objectName(document));
  throw new Error(`'${shared.path}' for ${objects.join(" and ")}`);
}

/**
 * Where an object's file stands under `dist/`: lower-case, safe on Windows, and decided by the object and its owner alone.
 *
 * | owner | path |
 * |---|---|
 * | environment | `<environment>/<cluster>/<system>/<unit>/<kind>-<name>.yaml` |
 * | cluster | `clusters/<cluster>/<unit>/<kind>-<name>.yaml` |
 * | bootstrap | `bootstrap/<control-plane>/<kind>-<name>.yaml` |
 * | control plane | `argocd/<control-plane>/<kind>-<name>.yaml` |
 * | delivery | `argocd/<control-plane>/<group>/projects/<name>.yaml`, `…/applications/<name>.yaml` |
 * | expanded | `expanded/<control-plane>/<environment>/<name>.yaml` |
 *
 * The kind is written in kebab-case: `http-route`. Where groups share a kind the group follows it: `gateway.networking.istio.io-bookshop`.
 */
export function manifestPath({ owner, document }: Manifest): string {
  const name = safeName(document.metadata.name);
  const kindAndName = `${fileKind(document)}-${name}.yaml`;
  const folder = folderOf(owner);
  if (owner.scope === "expanded") return `${folder}/${name}.yaml`;
  if (owner.scope === "delivery" && document.kind === "AppProject") return `${folder}/projects/${name}.yaml`;
  if (owner.scope === "delivery" && document.kind === "Application") return `${folder}/applications/${name}.yaml`;
  return `${folder}/${kindAndName}`;
}

/** Spellings of the kinds seen so far: thousands of objects are of some dozen kinds. */
const kebabKinds = new Map<string, string>();

function fileKind({ apiVersion, kind }: Manifest["document"]): string {
  let kebab = kebabKinds.get(kind);
  if (kebab === undefined) {
    kebab = kind.replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3-$2").toLowerCase();
    kebabKinds.set(kind, kebab);
  }
  return ambiguousKinds.has(kind) && apiVersion.includes("/") ? `${kebab}.${apiVersion.slice(0, apiVersion.indexOf("/"))}` : kebab;
}

function safeName(name: string): string {
  if (!unsafeName.test(name)) return name;
  // No Kubernetes name has a label that ends in `-`, so the added one meets no other object's.
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, "-")
    .replace(deviceName, "$&-");
}

function environmentOf(owner: Owner): string | undefined {
  return "environment" in owner ? owner.environment : undefined;
}
