import { compareVersions } from "../definition/compare-versions.ts";
import { UserError } from "../errors/user-error.ts";
import { newestKubernetes } from "../manifest/api-lifecycles.ts";
import type { Issue } from "../manifest/issue.ts";
import type { Manifest, Owner } from "../manifest/manifest.ts";
import { RepositoryFacts } from "../manifest/repository-facts.ts";
import { absentNamespaces } from "../validation/absent-namespaces.ts";
import { readManifestFile } from "../validation/manifest-file.ts";
import { rules } from "../validation/rules.ts";
import { unknownKinds } from "../validation/unknown-kinds.ts";
import { validateManifests } from "../validation/validate-manifests.ts";
import type { Io } from "./io.ts";
import { readManifestTexts, standardInput } from "./manifest-files.ts";
import type { FileLine } from "./place-of-issue.ts";
import { makeReport, type Report } from "./report/report.ts";

/**
 * Checks plain manifests, whoever wrote them, by every rule that asks for no definition. A folder counts as one cluster.
 *
 * @param target - a folder, a file, or `-` for standard input
 * @param kubernetes - the Kubernetes release that they are for, `1.33`. @default the newest known
 * @throws UserError when nothing can be read, no object is there, or nothing is known of such a release yet
 */
export async function validateFolder(target: string, kubernetes: string | undefined, io: Io): Promise<Report> {
  if (kubernetes !== undefined) requireKnownRelease(kubernetes);
  const { name, files } = await readManifestTexts(target, io);
  const places = new Map<Manifest, FileLine>();
  const issues: Issue[] = [];
  const skipped: FileLine[] = [];
  for (const { file, name: unit, text } of files) {
    const owner: Owner = { scope: "cluster", cluster: name, system: name, unit, file };
    const read = readManifestFile(text, file, owner);
    for (const { manifest, line } of read.manifests) places.set(manifest, { file, line });
    issues.push(...read.issues);
    skipped.push(...read.skipped.map((line) => ({ file, line })));
  }
  if (places.size === 0 && issues.length === 0)
    throw new UserError(`there is no Kubernetes object ${target === standardInput ? "on standard input" : `in '${target}'`}`, {
      hint: "an object has apiVersion, kind and metadata",
    });
  const manifests = [...places.keys()];
  const facts = new RepositoryFacts(manifests, undefined, kubernetes);
  const found = validateManifests(
    facts,
    rules.filter(({ needs }) => needs === "manifests"),
  );
  issues.push(...found.map((issue) => placed(issue, issue.manifest && places.get(issue.manifest))));
  const notes = { skipped, unknownKinds: unknownKinds(facts), absentNamespaces: absentNamespaces(facts) };
  return makeReport({ manifests, issues, waived: [], ...notes }, io);
}

function requireKnownRelease(kubernetes: string): void {
  const [release] = /^\d+\.\d+(?=(\.\d+)?$)/.exec(kubernetes) ?? [];
  if (release === undefined) throw new UserError(`'--kubernetes-version ${kubernetes}' is no version`, { hint: "write it as '1.33'" });
  if (compareVersions(release, newestKubernetes) > 0)
    throw new UserError(`'--kubernetes-version ${kubernetes}' is newer than what is known`, {
      hint: `leave it out: it is held to the newest known, ${newestKubernetes}`,
    });
}

function placed(issue: Issue, position: FileLine | undefined): Issue {
  return issue.position !== undefined || position === undefined ? issue : { ...issue, position };
}
