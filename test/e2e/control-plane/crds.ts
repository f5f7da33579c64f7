import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";
import type { Kubectl } from "./kubectl.ts";
import type { Run } from "./run.ts";

/** API groups of the custom resources that Keelson renders, beside Argo CD's own. */
const customGroups: readonly string[] = [
  "external-secrets.io/v1",
  "gateway.networking.k8s.io/v1",
  "monitoring.coreos.com/v1",
  "networking.istio.io/v1",
  "security.istio.io/v1",
];

/** Installs the real CustomResourceDefinitions, and waits until the API server knows their fields. */
export async function installCrds(run: Run, kubectl: Kubectl, binaries: Binaries): Promise<void> {
  const files = yamlFiles(binaries.file("crds", "files")).filter((path) =>
    /^kind: CustomResourceDefinition$/m.test(readFileSync(path, "utf8")),
  );
  if (files.length === 0) throw new Error("the build of CustomResourceDefinitions holds none");
  const created = await kubectl(["create", "--validate=false", "--output=name", ...files.map((path) => `--filename=${path}`)]);
  const names = created
    .trim()
    .split("\n")
    .map((line) => line.slice(line.indexOf("/") + 1));
  await run.waitFor("the API server serves all custom resources", async () => {
    const served = new Set((await kubectl(["api-resources", "--cached=false", "--output=name"])).split("\n"));
    return names.every((name) => served.has(name));
  });
  await run.waitFor("the API server publishes the fields of custom resources", async () => {
    const published = JSON.parse(await kubectl(["get", "--raw", "/openapi/v3"])) as { readonly paths: Readonly<Record<string, unknown>> };
    return customGroups.every((group) => `apis/${group}` in published.paths);
  });
}

function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? yamlFiles(path) : name.endsWith(".yaml") ? [path] : [];
  });
}
