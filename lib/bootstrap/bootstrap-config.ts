import type { ControlPlaneDefinition } from "../definition/control-plane.ts";
import type { RepositoryDefinition } from "../definition/repository.ts";
import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { readRepositoryAccess, type RepositoryAccess } from "./repository-access.ts";
import type { StackConfiguration } from "./stack-configuration.ts";

const absolutePath = /^(\/|[A-Za-z]:[\\/])/;

/** What a stack's configuration comes to. */
export interface BootstrapConfig {
  readonly controlPlane: ControlPlaneDefinition;
  /** The context of the kubeconfig; required, so that nobody makes another cluster the control plane. */
  readonly context: string;
  /** Path of the kubeconfig, absolute: nobody knows where Pulumi runs the program. @default `$KUBECONFIG`, else `~/.kube/config` */
  readonly kubeconfig: string | undefined;
  /** Who installs Argo CD: the bootstrap by its Helm chart, or somebody else did. @default "helm" */
  readonly install: "helm" | "none";
  /** Whether Argo CD's own ConfigMaps are made once; `leave` where there are some already, with `none` only. @default "create" with `helm`, else "leave" */
  readonly settings: "create" | "leave";
  readonly repositoryAccess: RepositoryAccess;
  /** Whether `destroy` may remove what the bootstrap made; without, it only forgets it. @default false */
  readonly teardown: boolean;
}

/** What people defined, as far as the configuration refers to it. */
interface Defined {
  readonly controlPlanes: readonly ControlPlaneDefinition[];
  readonly repository: RepositoryDefinition;
}

/**
 * Reads and checks the configuration of a stack.
 *
 * @throws UserError on the first thing that is missing or wrong, with the command that sets it right
 */
export function readBootstrapConfig(configuration: StackConfiguration, { controlPlanes, repository }: Defined): BootstrapConfig {
  const controlPlane = chosenControlPlane(configuration, controlPlanes);
  const { context } = configuration.require("context", "repositoryAccess");
  const kubeconfig = configuration.get("kubeconfig");
  if (kubeconfig !== undefined && !absolutePath.test(kubeconfig)) {
    // not told what it is: `kubernetes:kubeconfig` of Pulumi takes the contents, and they hold tokens
    throw configuration.mistake("kubeconfig", "must be an absolute path, not the contents");
  }
  const install = configuration.choose("install", ["helm", "none"], "helm");
  const settings = configuration.choose("settings", ["create", "leave"], install === "helm" ? "create" : "leave");
  if (install === "helm" && settings === "leave") {
    throw configuration.mistake(
      "settings",
      "must be 'create' where 'keelson:install' is 'helm': Argo CD cannot start without its ConfigMaps",
    );
  }
  const repositoryAccess = readRepositoryAccess(configuration, repository.url);
  const teardown = configuration.get("teardown");
  if (teardown !== undefined && teardown !== controlPlane.name) {
    throw new UserError(`'keelson:teardown' of the stack '${configuration.stack}' must name its control plane, got '${teardown}'`, {
      hint: `to tear it down: \`pulumi config set keelson:teardown ${controlPlane.name}\`; to keep it: \`pulumi config rm keelson:teardown\``,
    });
  }
  return {
    controlPlane,
    context,
    kubeconfig,
    install,
    settings,
    repositoryAccess,
    teardown: teardown !== undefined,
  };
}

/** The one that is named, else the one that the stack is called after. */
function chosenControlPlane(configuration: StackConfiguration, controlPlanes: readonly ControlPlaneDefinition[]): ControlPlaneDefinition {
  const wanted = configuration.get("controlPlane") ?? configuration.stack;
  const found = controlPlanes.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = nearestNames(
    wanted,
    controlPlanes.map(({ name }) => name),
  );
  if (configuration.get("controlPlane") !== undefined) {
    throw new UserError(`'keelson:controlPlane' of the stack '${configuration.stack}' names no control plane, got '${wanted}'`, {
      hint: `environments/registry.ts knows ${names}`,
    });
  }
  throw new UserError(`no control plane is called like the stack '${wanted}', and 'keelson:controlPlane' is not set`, {
    hint: `set it, for example \`pulumi config set keelson:controlPlane ${controlPlanes[0]?.name ?? "main"}\`; environments/registry.ts knows ${names}`,
  });
}
