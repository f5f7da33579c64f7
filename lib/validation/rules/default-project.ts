import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { type ProjectSpec, projectSpecOf } from "../../manifest/project-spec.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

/** Argo CD makes it by itself, and it permits everything as it comes. */
const name = "default";

/** Every Application can name the project `default`: what it permits, everybody is permitted. */
export const defaultProject: Rule = {
  id: "default-project",
  severity: "error",
  subject: "argocd",
  title: "Argo CD's own project `default` permits nothing, unless its control plane leaves it untouched.",
  reason: "Every Application can name the project `default`, which permits everything as Argo CD makes it.",
  fix: "Render it with empty lists, as the control plane does unless it says otherwise.",
  needs: "definitions",
  check: (facts) => (facts.definitions?.definitions.controlPlanes ?? []).flatMap((controlPlane) => findingsOf(facts, controlPlane)),
};

type ControlPlane = NonNullable<RepositoryFacts["definitions"]>["definitions"]["controlPlanes"][number];

function findingsOf(facts: RepositoryFacts, controlPlane: ControlPlane): Finding[] {
  if (controlPlane.defaultProject === "untouched") return [];
  const own = facts
    .ofKind("argoproj.io/AppProject")
    .filter(({ owner }) => "controlPlane" in owner && owner.controlPlane === controlPlane.name);
  // where nothing is delivered there is nothing to fence either
  if (own.length === 0) return [];
  const found = own.find(({ document }) => document.metadata.name === name);
  return found === undefined ? [missing(controlPlane)] : permitted(found);
}

function missing({ name: controlPlane, callSite }: ControlPlane): Finding {
  return {
    message: `nothing empties AppProject '${name}' of control plane '${controlPlane}'`,
    hint: 'render it, or say defaultProject: "untouched" for an Argo CD that others use too',
    source: callSite,
  };
}

function permitted(manifest: Manifest): Finding[] {
  const open = openLists(projectSpecOf(manifest.document));
  if (open.length === 0) return [];
  return [
    {
      message: `${objectName(manifest.document)} permits something, got entries in ${open.join(" and ")}`,
      hint: "give it empty lists: every Application names a project of its own",
      manifest,
    },
  ];
}

/** An absent list of namespaced kinds permits all of them. */
function openLists({ sourceRepos, destinations, clusterResourceWhitelist, namespaceResourceWhitelist }: ProjectSpec): string[] {
  const lists = { sourceRepos, destinations, clusterResourceWhitelist };
  return [
    ...Object.entries(lists).flatMap(([list, entries]) => (entries.length === 0 ? [] : [`'${list}'`])),
    ...(namespaceResourceWhitelist === undefined || namespaceResourceWhitelist.length > 0 ? ["'namespaceResourceWhitelist'"] : []),
  ];
}
