import { join } from "node:path";
import { builtInSchemas } from "./built-in-schemas.ts";
import { compileValidators } from "./compile-validators.ts";
import { customSchemas } from "./custom-schemas.ts";
import type { KindSchema } from "./json-schema.ts";
import { moduleFolder } from "./module-folder.ts";
import { moduleRecipes } from "../control-plane/module-recipes.ts";
import { withNewerFields } from "./newer-fields.ts";
import { shareSchemas } from "./share-schemas.ts";

/** Groups of one file: their kinds hold Pods, and what describes a Pod is nine tenths of them. */
const groupsOfPods: readonly string[] = ["", "apps", "batch"];

/** Kinds that whole clusters are run with, and few repositories hold: half of all that is compiled. */
const kindsOfOperators: ReadonlySet<string> = new Set([
  "Alertmanager",
  "AlertmanagerConfig",
  "Prometheus",
  "PrometheusAgent",
  "ScrapeConfig",
  "ThanosRuler",
]);

/** The committed files under `lib/schema/generated/`, by name: one for each API group, as a rule, and `files.cjs` that says which holds a kind. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const builtIn = builtInSchemas(moduleFolder("kube", "k8s.io/kubernetes"));
  const groups = new Map<string, KindSchema[]>();
  for (const kind of [...builtIn.kinds, ...allCustomSchemas()]) {
    const file = fileOf(kind);
    groups.set(file, [...(groups.get(file) ?? []), kind]);
  }
  const files = new Map<string, string>();
  const index: Record<string, string> = {};
  for (const [file, kinds] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    files.set(`${file}.cjs`, await compileValidators(shareSchemas({ kinds, definitions: builtIn.definitions })));
    for (const { group, version, kind } of kinds) index[`${group === "" ? "" : `${group}/`}${version}/${kind}`] = file;
  }
  return files.set("files.cjs", `module.exports = ${JSON.stringify(index, null, 1)};\n`);
}

function fileOf({ group, kind }: KindSchema): string {
  if (groupsOfPods.includes(group)) return "core";
  return group === "monitoring.coreos.com" && kindsOfOperators.has(kind) ? `${group}-operator` : group;
}

/** The CustomResourceDefinitions that the API server of the end-to-end tests serves. */
function allCustomSchemas(): KindSchema[] {
  const argocd = join(moduleFolder("argocd", "github.com/argoproj/argo-cd/v3"), "manifests/crds");
  const copies = moduleRecipes({ pulumi: false }).find(({ name }) => name === "crds")?.copies ?? [];
  const others = copies.flatMap(({ module, paths }) => paths.map((path) => join(moduleFolder("crds", module), path)));
  return customSchemas([argocd, ...others]).map(withNewerFields);
}
