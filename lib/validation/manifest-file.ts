import { createHash } from "node:crypto";
import type { Issue } from "../manifest/issue.ts";
import type { KubernetesObject, Manifest, Owner } from "../manifest/manifest.ts";
import { validatorOf } from "../schema/load-validators.ts";
import { readKubernetesYaml } from "./kubernetes-yaml.ts";

/** The id under which everything wrong with a file is reported. */
const manifestFileRule = "manifest-file";

/** kustomize's own files have a kind, and are no objects. */
const kustomizeGroup = "kustomize.config.k8s.io/";

const notUtf8: ReturnType<typeof readKubernetesYaml> = {
  values: [],
  problems: [{ severity: "error", line: 1, message: "the file is not in UTF-8", hint: "save it in UTF-8" }],
};

/** An object and the line on which it begins, 1-based. */
export interface PlacedManifest {
  readonly manifest: Manifest;
  readonly line: number;
}

/** What stands in a file of plain manifests. */
export interface ManifestFile {
  readonly manifests: readonly PlacedManifest[];
  readonly issues: readonly Issue[];
  /** The lines of documents that are no Kubernetes objects: `values.yaml`, `kustomization.yaml`. */
  readonly skipped: readonly number[];
}

/**
 * Reads a file of YAML documents or JSON.
 *
 * @param text - the file's content; `undefined` where its bytes are no text in UTF-8
 * @param file - its path as messages should name it
 * @param owner - whose its objects are
 */
export function readManifestFile(text: string | undefined, file: string, owner: Owner): ManifestFile {
  const { values, problems } = text === undefined ? notUtf8 : readKubernetesYaml(text);
  const issueAt = (line: number, issue: Pick<Issue, "severity" | "message" | "hint">): Issue => ({
    ...{ severity: issue.severity, rule: manifestFileRule, message: issue.message, position: { file, line } },
    ...(issue.hint !== undefined && { hint: issue.hint }),
  });
  const [manifests, skipped]: [PlacedManifest[], number[]] = [[], []];
  const issues = problems.map((problem) => issueAt(problem.line, problem));
  for (const { value, line } of values) {
    const found = asObject(value, `${file}:${line}`);
    if (found === undefined) skipped.push(line);
    else if (typeof found === "string") issues.push(issueAt(line, { severity: "error", message: found }));
    else manifests.push({ manifest: { owner, document: found, source: undefined }, line });
  }
  return { manifests, issues, skipped };
}

/** The object, what it lacks to be one, or `undefined` where it is not meant to be one. */
function asObject(value: unknown, place: string): KubernetesObject | string | undefined {
  if (!isRecord(value)) return undefined;
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== "string" || typeof kind !== "string" || apiVersion.startsWith(kustomizeGroup)) return undefined;
  // other tools' settings have a kind too
  if (!isRecord(metadata)) return validatorOf({ apiVersion, kind }) === undefined ? undefined : `the ${kind} has no metadata`;
  const { name, generateName, namespace } = metadata;
  if (namespace !== undefined && typeof namespace !== "string")
    return `the namespace of the ${kind} must be a string, got ${JSON.stringify(namespace)}`;
  if (typeof name === "string" && name !== "") return value as KubernetesObject;
  if (name !== undefined && name !== "") return `the name of the ${kind} must be a string, got ${JSON.stringify(name)}`;
  if (typeof generateName !== "string") return `the ${kind} has no name`;
  // as the API server does, which adds five characters; no two documents get the same
  const ending = createHash("sha256").update(place).digest("hex").slice(0, 5);
  return { ...value, metadata: { ...metadata, name: `${generateName}${ending}` } } as KubernetesObject;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
