import { UserError } from "../errors/user-error.ts";
import type { ClusterDefinition } from "./cluster.ts";
import type { EnvironmentDefinition } from "./environment.ts";
import { requireName, requireUniqueNames } from "./name.ts";
import { CallSite } from "./source-location.ts";

/** What an author says of a control plane. */
export interface ControlPlaneProps {
  readonly name: string;
  /** The cluster that Argo CD runs in. */
  readonly cluster: ClusterDefinition;
  /** The environments that this Argo CD serves. */
  readonly environments: readonly EnvironmentDefinition[];
  /** The targeted Argo CD version, `3.5.3`: fields that it does not know are refused. */
  readonly argocdVersion: string;
  /** Argo CD's namespace. @default "argocd" */
  readonly namespace?: string;
  /**
   * What becomes of Argo CD's own project `default`: `emptied`, it permits nothing any more, since every Application could choose it;
   * `untouched`, for an Argo CD in which others have Applications in it.
   * @default "emptied"
   */
  readonly defaultProject?: "emptied" | "untouched";
}

/** A cluster that runs Argo CD: one root and one Pulumi stack each. */
export interface ControlPlaneDefinition extends Required<ControlPlaneProps> {
  readonly callSite: CallSite;
}

/**
 * Defines a control plane.
 *
 * @throws UserError when the name cannot be used, the version is not `<major>.<minor>.<patch>` or an environment is listed twice
 */
export function defineControlPlane(props: ControlPlaneProps): ControlPlaneDefinition {
  requireName("control plane", props.name);
  if (!/^\d+\.\d+\.\d+$/.test(props.argocdVersion)) {
    throw new UserError(`the Argo CD version '${props.argocdVersion}' of control plane '${props.name}' is not a version`, {
      hint: "write all three numbers, for example '3.5.3'",
    });
  }
  requireUniqueNames(`environment of control plane '${props.name}'`, props.environments);
  const { namespace = "argocd", defaultProject = "emptied" } = props;
  return { ...props, namespace, defaultProject, callSite: CallSite.of(defineControlPlane) };
}

/** The control plane that serves an environment, by its name; `undefined` where none does. */
export function servingControlPlane(
  { controlPlanes }: { readonly controlPlanes: readonly ControlPlaneDefinition[] },
  environment: string,
): ControlPlaneDefinition | undefined {
  return controlPlanes.find(({ environments }) => environments.some(({ name }) => name === environment));
}
