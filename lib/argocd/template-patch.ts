import { parse } from "yaml";
import { UserError } from "../errors/user-error.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { requireField } from "./require-since.ts";

type Shape = "string" | "boolean" | "number" | "list" | "texts" | { readonly [field: string]: Shape };

/** What a patch may set, and of what type: anything else the controller refuses, or drops without a word. */
const patchable: Shape = {
  metadata: { labels: "texts", annotations: "texts" },
  spec: {
    source: { repoURL: "string", targetRevision: "string", path: "string", directory: { recurse: "boolean" } },
    destination: { server: "string", name: "string", namespace: "string" },
    syncPolicy: {
      automated: { enabled: "boolean", prune: "boolean", selfHeal: "boolean", allowEmpty: "boolean" },
      retry: { limit: "number", refresh: "boolean", backoff: { duration: "string", factor: "number", maxDuration: "string" } },
      syncOptions: "list",
    },
    ignoreDifferences: "list",
    info: "list",
    revisionHistoryLimit: "number",
  },
};

/** What a patch may set and not every version knows. */
const versioned = ["spec.syncPolicy.automated.enabled", "spec.syncPolicy.retry.refresh"] as const;

/**
 * Reads a `templatePatch` whose parameters are filled in.
 *
 * @param where - what the patch is, for errors
 * @param argocdVersion - the targeted version
 * @throws UserError when it is no map, sets `null`, or a field that a patch cannot set or the targeted version does not know
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Template/#template-patch
 */
export function parseTemplatePatch(text: string, where: string, argocdVersion: string): JsonObject {
  const patch = parseYaml(text, where);
  if (patch === null || patch === undefined) return {};
  requirePatchable(patch, patchable, [], where);
  for (const path of versioned) {
    if (path.split(".").reduce<unknown>((value, key) => (isMap(value) ? value[key] : undefined), patch) !== undefined) {
      requireField(path, argocdVersion);
    }
  }
  return patch as JsonObject;
}

/** Lays a patch over an object: maps key by key at every depth, lists and scalars whole, as the controller's strategic merge does for these fields. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  return Object.entries(patch).reduce<Record<string, JsonValue>>(
    (merged, [key, value]) => {
      const old = merged[key];
      merged[key] = isMap(value) && isMap(old) ? mergePatch(old, value) : value;
      return merged;
    },
    { ...target },
  );
}

function parseYaml(text: string, where: string): unknown {
  try {
    const patch: unknown = parse(text, { version: "1.2" });
    // The controller's parser reads `yes` and `on` as true, as YAML 1.1 does.
    if (JSON.stringify(patch) === JSON.stringify(parse(text, { version: "1.1" }))) return patch;
  } catch (cause) {
    throw new UserError(`${where} is not YAML`, { cause, hint: cause instanceof Error ? cause.message : undefined });
  }
  throw new UserError(`${where} has a value that YAML 1.1 and 1.2 read differently`, { hint: "quote it, or write true or false" });
}

function requirePatchable(value: unknown, shape: Shape, path: readonly string[], where: string): void {
  const name = path.length === 0 ? "it" : `'${path.join(".")}'`;
  if (value === null)
    throw new UserError(`${where} sets ${name} to null, which deletes it`, { hint: "leave the key out, or put it inside the condition" });
  if (shape === "texts" || typeof shape === "object") {
    if (!isMap(value)) throw new UserError(`${where}: ${name} is not a map`);
    for (const [key, inner] of Object.entries(value)) {
      const innerShape = shape === "texts" ? "string" : Object.hasOwn(shape, key) ? shape[key] : undefined;
      if (innerShape === undefined) throw unpatchable([...path, key], shape, where);
      requirePatchable(inner, innerShape, [...path, key], where);
    }
  } else if (shape === "list" ? !Array.isArray(value) : typeof value !== shape) {
    throw new UserError(`${where}: ${name} is not a ${shape}, got ${JSON.stringify(value)}`);
  }
}

function unpatchable(path: readonly string[], shape: Shape, where: string): UserError {
  return new UserError(`${where} sets '${path.join(".")}', which it cannot`, {
    hint: `there is ${Object.keys(shape)
      .map((key) => `'${key}'`)
      .join(", ")}; all else belongs into the template`,
  });
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
