import { nearestNames } from "../../errors/nearest-names.ts";
import type { RepositoryDefinition } from "../../definition/repository.ts";
import { destinationOf, type SourceDocument, sourcesOf } from "../../manifest/application-document.ts";
import type { Delivery } from "../../manifest/deliveries.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { comparableGitUrl } from "../../manifest/git-url.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { RepositoryFolders } from "../../manifest/repository-folders.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { missingHint } from "../missing-hint.ts";
import type { Finding, Rule } from "../rule.ts";

type Said = Omit<Finding, "manifest">;

/** What deletes everything that an Application delivered when the Application is deleted. */
const cascade = "resources-finalizer.argocd.argoproj.io";

/** An Application that reads the wrong place delivers nothing, or what nobody reviewed. */
export const applicationSource: Rule = {
  id: "application-source",
  severity: "error",
  subject: "argocd",
  title:
    "Every Application is in a project that is rendered, reads a folder of this repository that holds manifests, and has one destination.",
  reason:
    "An Application that reads a folder which is not there delivers nothing; one that reads another revision delivers what nobody reviewed.",
  fix: "Mend the project, the folder, the revision or the destination; take the cascade finalizer off a root.",
  needs: "definitions",
  check(facts) {
    if (facts.definitions === undefined) return [];
    const { repository } = facts.definitions.definitions;
    const folders = new RepositoryFolders(facts, repository.output);
    const roots = rootsOf(facts);
    return facts
      .ofKind("argoproj.io/Application")
      .filter(({ owner }) => "controlPlane" in owner)
      .flatMap((application) =>
        [
          ...projectFindings(facts, application),
          ...sourcesOf(application.document).flatMap((source) => sourceFindings(source, repository, folders)),
          ...destinationFindings(application),
          ...finalizerFindings(application, roots),
        ].map(({ message, hint }) => ({ message: `${objectName(application.document)} ${message}`, hint, manifest: application })),
      );
  },
};

function projectFindings(facts: RepositoryFacts, application: Manifest): Said[] {
  const { project } = fieldsOf(application.document.spec as { readonly project?: string } | undefined);
  const place = placeOf(application);
  if (project === undefined || project === "") return [{ message: "names no project", hint: "name the AppProject of its system" }];
  // Argo CD makes that one by itself
  if (project === "default" || facts.find(place, "argoproj.io/AppProject", project) !== undefined) return [];
  const hint = missingHint("render it beside the Application", project, facts.namesIn(place, "argoproj.io/AppProject"));
  return [{ message: `is in project '${project}', which nothing makes`, hint }];
}

function sourceFindings(
  { repoURL = "", targetRevision = "HEAD", path = "", directory }: SourceDocument,
  { url, branch }: RepositoryDefinition,
  { filled, above }: RepositoryFolders,
): Said[] {
  if (repoURL !== url && comparableGitUrl(repoURL) !== comparableGitUrl(url)) {
    return [{ message: `reads repository '${repoURL}'`, hint: `what is reviewed is in '${url}'` }];
  }
  const findings: Said[] = [];
  if (targetRevision !== branch)
    findings.push({ message: `follows '${targetRevision}'`, hint: `what is reviewed is on branch '${branch}'` });
  const recurses = directory?.recurse === true;
  if (filled.has(path) || (recurses && above.has(path))) return findings;
  const said = above.has(path)
    ? { message: `reads '${path}', which holds folders only`, hint: "say directory: { recurse: true }" }
    : { message: `reads '${path}', where nothing is rendered`, hint: `the nearest folders are: ${nearestNames(path, filled, 3)}` };
  return [...findings, said];
}

function destinationFindings({ document }: Manifest): Said[] {
  const { server = "", name = "", namespace = "" } = destinationOf(document);
  const findings: Said[] = [];
  if ((server === "") === (name === "")) {
    const message =
      server === "" ? "has no cluster as its destination" : `has both server '${server}' and name '${name}' as its destination`;
    findings.push({ message, hint: "give one of destination.server and destination.name" });
  }
  if (namespace === "") findings.push({ message: "has no namespace as its destination", hint: "give destination.namespace" });
  return findings;
}

function finalizerFindings(application: Manifest, roots: ReadonlySet<Manifest>): Said[] {
  const { finalizers = [] } = application.document.metadata;
  if (!roots.has(application) || !finalizers.some((finalizer) => finalizer.startsWith(cascade))) return [];
  return [{ message: "is a root, and takes everything with it when it is deleted", hint: `take the finalizer '${cascade}' off` }];
}

/** The Applications that deliver Applications and projects. */
function rootsOf(facts: RepositoryFacts): ReadonlySet<Manifest> {
  const isRoot = ({ manifests }: Delivery): boolean =>
    manifests.some(({ owner: { scope } }) => scope === "control-plane" || scope === "delivery");
  return new Set((facts.deliveries?.all ?? []).filter(isRoot).map(({ application }) => application));
}
