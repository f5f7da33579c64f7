import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import type { Definitions } from "../../lib/definition/definitions.ts";
import type { ServiceDefinition } from "../../lib/definition/service.ts";
import { readImagePins } from "../../lib/image/image-pins.ts";
import { type KubernetesObject, groupKind } from "../../lib/manifest/manifest.ts";
import { appFiles, projectFolder, renderApps, shipped, shippedPins } from "../support/render-apps.ts";

const dist = join(projectFolder, "dist");

/** Every committed file of dist/ but the marker, by path. */
const files = new Map(
  readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== ".keelson")
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [relative(dist, file), readFileSync(file, "utf8")]),
);

function read(content: string, version: "1.1" | "1.2"): unknown[] {
  return parseAllDocuments(content, { version }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0]!;
    return document.toJS() as unknown;
  });
}

const objects = new Map([...files].map(([path, content]) => [path, read(content, "1.2")[0] as KubernetesObject]));

/** Every key and value of an object, at any depth. */
function* everythingIn(value: unknown): Generator<{ readonly key: string; readonly value: unknown }> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield { key, value: inner };
    yield* everythingIn(inner);
  }
}

/** Paths of the files in which something is found that fits. */
function filesWith(fits: (found: { readonly key: string; readonly value: unknown }, object: KubernetesObject) => boolean): string[] {
  return [...objects].filter(([, object]) => [...everythingIn(object)].some((found) => fits(found, object))).map(([path]) => path);
}

describe("every file of dist/", () => {
  test("is what the definitions give, and none is missing", () => {
    expect(files.size).toBeGreaterThan(300);
    const wanted = appFiles();
    expect([...files.keys()]).toEqual([...wanted.keys()]);
    for (const [path, content] of wanted) expect({ path, content: files.get(path) }).toEqual({ path, content });
  });

  test("holds one object, which YAML 1.1 and 1.2 read the same", () => {
    for (const [path, content] of files) {
      const documents = read(content, "1.2");
      expect([path, documents.length]).toEqual([path, 1]);
      expect({ path, documents: read(content, "1.1") }).toEqual({ path, documents });
    }
  });

  test("has no trace of cdk8s: neither a label nor a hash in a name", () => {
    expect(filesWith(({ key }) => key.includes("cdk8s.io/"))).toEqual([]);
    expect(
      [...files].filter(([path, content]) => /-c8[0-9a-f]{6}/.test(path) || /-c8[0-9a-f]{6}\b/.test(content)).map(([path]) => path),
    ).toEqual([]);
  });

  test("has no status and nothing that is null or empty for want of a value", () => {
    expect([...objects].filter(([, object]) => "status" in object).map(([path]) => path)).toEqual([]);
    expect(filesWith(({ value }) => value === null || value === undefined)).toEqual([]);
  });

  test("is no Secret: only references to secrets are in Git", () => {
    expect([...objects].filter(([, { kind }]) => kind === "Secret").map(([path]) => path)).toEqual([]);
  });

  test("has no tracking id: Argo CD writes it, into the cluster", () => {
    expect(filesWith(({ key }) => key === "argocd.argoproj.io/tracking-id" || key === "app.kubernetes.io/instance")).toEqual([]);
  });

  test("holds an object that no other file of its cluster holds", () => {
    const holders = new Map<string, string[]>();
    for (const [path, object] of objects) {
      const [top, cluster] = path.split("/");
      // what Argo CD reads; what an ApplicationSet will make lies in the same namespace under the same names
      const place = top === "argocd" || top === "bootstrap" || top === "expanded" ? "Argo CD" : (cluster ?? "");
      const { name, namespace } = object.metadata;
      const id = `${place} ${groupKind(object)} ${namespace ?? ""} ${name}`;
      holders.set(id, [...(holders.get(id) ?? []), path]);
    }
    expect([...holders].filter(([, paths]) => paths.length > 1)).toEqual([]);
  });

  test("has a name that every file system takes", () => {
    const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/;
    for (const path of files.keys()) {
      for (const part of path.split("/")) {
        expect([path, part]).toEqual([path, expect.stringMatching(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)]);
        expect([path, device.test(part)]).toEqual([path, false]);
      }
      // a Windows checkout has 260 letters for all of it
      expect([path, path.length <= 160]).toEqual([path, true]);
    }
  });

  test("is named after its object", () => {
    for (const [path, object] of objects) {
      const { name } = object.metadata;
      expect([path, path.endsWith(`-${name.toLowerCase()}.yaml`) || path.endsWith(`/${name.toLowerCase()}.yaml`)]).toEqual([path, true]);
    }
  });

  test("ends in one line break, and has no Windows line ends, tabs or trailing spaces", () => {
    const unclean = [...files].filter(([, content]) => !content.endsWith("\n") || content.endsWith("\n\n") || /\r|\t|[ ]\n/.test(content));
    expect(unclean.map(([path]) => path)).toEqual([]);
  });
});

describe("a service that leaves its system", () => {
  /** The shipped definitions without a service, its overlays, calls and pins. */
  function without(service: ServiceDefinition, system: string): ReadonlyMap<string, string> {
    // definitions are known by reference: overlays of the service alone go, of lists of services lose it
    const definitions: Definitions = {
      ...shipped,
      systems: shipped.systems.map((entry) => ({
        ...entry,
        services: entry.services.filter((candidate) => candidate !== service),
        calls: (entry.calls ?? []).filter(({ from, to }) => from !== service && to !== service),
      })),
      environments: shipped.environments.map(({ definition, overlays }) => ({
        definition,
        overlays: overlays.map((entry) =>
          "services" in entry ? { ...entry, services: entry.services.filter((candidate) => candidate !== service) } : entry,
        ),
      })),
    };
    const pins = new Map(
      [...shippedPins].map(([environment, { file, pins: own }]) => {
        const kept = [...own.values()].filter(({ key }) => !new RegExp(`^${system}/${service.name}([:@]|$)`).test(key));
        return [environment, readImagePins(kept.map(({ key, reference }) => `${key}: ${reference.toString()}\n`).join(""), file)];
      }),
    );
    expect(renderApps(definitions, pins).issues).toEqual([]);
    return appFiles(definitions, pins);
  }

  const before = appFiles();

  test("takes exactly its files and its Applications along, where each service is an Application", () => {
    const [frontend] = shipped.systems.find(({ name }) => name === "shop")!.services.filter(({ name }) => name === "frontend");
    const after = without(frontend!, "shop");
    const gone = [...before.keys()].filter((path) => !after.has(path));
    const own = [...before.keys()].filter((path) => /^(dev|staging|production)\/main\/shop\/frontend\//.test(path));
    expect(own.length).toBeGreaterThan(20);
    expect(gone).toEqual(
      [...own, ...["dev", "staging", "production"].map((name) => `argocd/main/${name}/applications/shop-frontend-${name}.yaml`)].sort(),
    );
    expect([...after.keys()].filter((path) => !before.has(path))).toEqual([]);
    const changed = [...after].filter(([path, content]) => before.get(path) !== content).map(([path]) => path);
    expect(changed).toEqual([
      // its windows name the Applications that they hold for
      "argocd/main/production/projects/shop-production.yaml",
      // whom it called is no longer called by it
      ...["dev", "production", "staging"].map((name) => `${name}/main/shop/order-service/network-policy-order-service.yaml`),
    ]);
  });

  test("takes exactly its files along, where the system is one Application", () => {
    const [user] = shipped.systems.find(({ name }) => name === "inventory-system")!.services.filter(({ name }) => name === "user-service");
    const after = without(user!, "inventory-system");
    expect([...before.keys()].filter((path) => !after.has(path))).toEqual(
      [...before.keys()].filter((path) => /^(staging|production)\/main\/inventory-system\/user-service\//.test(path)),
    );
    expect([...after].filter(([path, content]) => before.get(path) !== content).map(([path]) => path)).toEqual(
      ["production", "staging"].map((name) => `${name}/main/inventory-system/postgresql/network-policy-postgresql.yaml`),
    );
  });

  test("leaves no other service's file in any way different, where nobody calls it", () => {
    const [only] = shipped.systems.find(({ name }) => name === "mlops-sentiment")!.services;
    const after = without(only!, "mlops-sentiment");
    expect([...before.keys()].filter((path) => !after.has(path))).toEqual(
      [...before.keys()].filter((path) => path.includes("/main/mlops-sentiment/mlops-sentiment/")),
    );
    expect([...after].filter(([path, content]) => before.get(path) !== content)).toEqual([]);
  });
});
