import { externalKubeconfig, startExternalCluster } from "./external-cluster.ts";
import type { GitServer } from "./git-server.ts";
import { startOwnControlPlane } from "./own-control-plane.ts";
import type { Progress } from "./progress.ts";
import { cleanUpStaleRuns } from "./stale-runs.ts";

/** What is started. */
export interface ControlPlaneOptions {
  /** Start Argo CD's processes too. @default true */
  readonly argocd?: boolean;
  /** Install Argo CD's own ConfigMaps argocd-cm, argocd-rbac-cm; false leaves them to a bootstrap. @default true */
  readonly settings?: boolean;
  /** Who is told of what takes long. @default nobody */
  readonly progress?: Progress;
}

/** A Kubernetes API server with Argo CD and a Git server: own processes, or a cluster that is there already. */
export interface ControlPlane {
  /** Path of a kubeconfig whose current context administers the cluster. */
  readonly kubeconfig: string;
  /** The name of that context; `keelson-e2e` where it is our own. */
  readonly context: string;
  /** Whether it is somebody else's cluster, of which only what the tests created may be touched. */
  readonly external: boolean;
  /** Argo CD's version as the API says, e.g. "3.5.3"; before Argo CD has started, the version that will. */
  readonly argocdVersion: string;
  /** Base address of argocd-server for people and webhooks. */
  readonly argocdUrl: string;
  /** Address of the applicationset controller's webhook, where it can be reached. */
  readonly applicationSetWebhookUrl: string | undefined;
  readonly git: GitServer;
  /** The run's own folder: logs are in `log/`. */
  readonly folder: string;
  /** How long the parts took, in milliseconds, by name ("kubernetes", "argocd"). */
  readonly startup: Readonly<Record<string, number>>;
  /** Environment for child processes: KUBECONFIG and a PATH on which kubectl, argocd, helm, kustomize, pulumi (when built) come first. */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /** Runs kubectl; rejects with its standard error. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  /** Runs the argocd CLI, logged in as admin with a configuration file of its own. */
  argocd(args: readonly string[]): Promise<string>;
  /** Starts Argo CD's processes when they do not run (argocd: false before). */
  startArgoCd(): Promise<void>;
  /** Ends a process of the control plane by name ("argocd-application-controller") and starts it again. */
  restart(name: string): Promise<void>;
  /** Lets it outlive this process. */
  keep(): void;
  stop(): Promise<void>;
}

/**
 * Takes the cluster that `KEELSON_E2E_KUBECONFIG` names, or starts a control plane.
 *
 * @throws UserError when something that is needed is not there
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  await cleanUpStaleRuns();
  const kubeconfig = externalKubeconfig();
  return kubeconfig === undefined ? startOwnControlPlane(options) : startExternalCluster(kubeconfig);
}
