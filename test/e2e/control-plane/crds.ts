import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Binaries } from "./binaries.ts";
import type { Kubectl } from "./kubectl.ts";
import type { Run } from "./run.ts";

/** API groups of the custom resources that Keelson renders, beside Argo CD's own. */
const customGroups: readonly string[] = [
  "bitnami.com/v1alpha1",
  "external-secrets.io/v1",
  "gateway.networking.k8s.io/v1",
  "monitoring.coreos.com/v1",
  "networking.istio.io/v1",
  "policies.kyverno.io/v1",
  "policy.sigstore.dev/v1beta1",
  "security.istio.io/v1",
];

/** Installs the real CustomResourceDefinitions, and waits until the API server knows their fields. */
export async function installCrds(run: Run, kubectl: Kubectl, binaries: Binaries): Promise<void> {
  const files = yamlFiles(binaries.file("crds", "files")).filter((path) =>
    /^kind: CustomResourceDefinition$/m.test(readFileSync(path, "utf8")),
  );
  if (files.length === 0) throw new Error("the build of CustomResourceDefinitions holds none");
  const isConverted = (path: string): boolean => /^ {4}strategy: Webhook$/m.test(readFileSync(path, "utf8"));
  const create = ["create", "--validate=false", "--output=name"];
  const created = await kubectl([...create, ...files.filter((path) => !isConverted(path)).map((path) => `--filename=${path}`)]);
  const withoutWebhooks = JSON.stringify({ apiVersion: "v1", kind: "List", items: files.filter(isConverted).map(withoutConversion) });
  const names = `${created}${await kubectl([...create, "--filename=-"], withoutWebhooks)}`
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

/** Nobody answers webhooks here; the versions differ in nothing that would have to be converted. */
function withoutConversion(path: string): object {
  const definition = parse(readFileSync(path, "utf8")) as { readonly spec: object };
  return { ...definition, spec: { ...definition.spec, conversion: undefined } };
}

function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? yamlFiles(path) : name.endsWith(".yaml") ? [path] : [];
  });
}
