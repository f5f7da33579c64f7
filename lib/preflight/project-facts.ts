import { type ExpectedObject, expectedObjects } from "../cluster/expected-object.ts";
import type { ControlPlaneDefinition } from "../definition/control-plane.ts";
import type { Definitions } from "../definition/definitions.ts";
import type { GitRepository } from "../git/git-repository.ts";
import type { Manifest } from "../manifest/manifest.ts";

/** What is known without a cluster. */
export interface ProjectFacts {
  readonly definitions: Definitions;
  /** Whose go-live is checked. */
  readonly controlPlane: ControlPlaneDefinition;
  /** The rendered repository. */
  readonly manifests: readonly Manifest[];
  /** How many errors the rules find in it. */
  readonly errors: number;
  /** What `synth` would change in the output folder, by path. */
  readonly staleFiles: readonly string[];
  /** The clone that the project lies in, or why there is none. */
  readonly clone: GitRepository | string;
}

/** What Argo CD applies to the control plane's own cluster, the control plane's own objects included. */
export function ownManifests({ manifests, controlPlane }: Pick<ProjectFacts, "manifests" | "controlPlane">): Manifest[] {
  return manifests.filter(({ owner }) => {
    if (owner.scope === "expanded") return false;
    if (owner.scope === "environment") {
      const served = controlPlane.environments.some(({ name }) => name === owner.environment);
      return served && owner.cluster === controlPlane.cluster.name;
    }
    return "cluster" in owner ? owner.cluster === controlPlane.cluster.name : owner.controlPlane === controlPlane.name;
  });
}

/** The Applications that this control plane should hold, with those that ApplicationSets will make. */
export function expectedApplications({ manifests, controlPlane }: Pick<ProjectFacts, "manifests" | "controlPlane">): ExpectedObject[] {
  return expectedObjects(manifests, controlPlane.name).filter(({ kind }) => kind === "Application");
}

/** Those of them that bring what runs in an environment: no roots, and nothing that belongs to a namespace as a whole. */
export function deployingApplications(facts: Pick<ProjectFacts, "manifests" | "controlPlane">): ExpectedObject[] {
  const roots = new Set(
    facts.manifests.flatMap(({ owner, document }) =>
      owner.scope === "bootstrap" && document.kind === "AppProject" ? [document.metadata.name] : [],
    ),
  );
  return expectedApplications(facts).filter(
    ({ environment, project, source }) =>
      environment !== undefined && !roots.has(project ?? "default") && source.path?.endsWith("/namespace") !== true,
  );
}
