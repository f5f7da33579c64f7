/** Where Argo CD's processes listen, on loopback. */
export interface ArgocdPorts {
  readonly server: number;
  readonly repo: number;
  readonly redis: number;
  /** The applicationset controller's webhook. */
  readonly sets: number;
  readonly setProbe: number;
  readonly serverMetrics: number;
  readonly repoMetrics: number;
  readonly controllerMetrics: number;
  readonly setMetrics: number;
  readonly notifications: number;
}

/** One of Argo CD's processes. */
export interface ArgocdProgram {
  readonly args: readonly (string | number)[];
  /** An address that answers as soon as it is at work. */
  readonly health: string;
}

/** Argo CD's processes by name, in the order of their start. */
export function argocdPrograms(ports: ArgocdPorts): Readonly<Record<string, ArgocdProgram>> {
  const shared = ["--redis", `127.0.0.1:${ports.redis}`];
  const repoServer = `127.0.0.1:${ports.repo}`;
  const loopback = ["--address", "127.0.0.1"];
  return {
    "argocd-repo-server": {
      args: [...loopback, "--port", ports.repo, "--metrics-address", "127.0.0.1", "--metrics-port", ports.repoMetrics, ...shared],
      health: `http://127.0.0.1:${ports.repoMetrics}/healthz`,
    },
    "argocd-application-controller": {
      args: [
        ...["--namespace", "argocd", "--repo-server", repoServer, ...shared, "--metrics-port", ports.controllerMetrics],
        ...["--app-resync-jitter", 0, "--persist-resource-health"],
      ],
      health: `http://127.0.0.1:${ports.controllerMetrics}/healthz`,
    },
    "argocd-server": {
      args: [
        ...["--namespace", "argocd", "--insecure", ...loopback, "--port", ports.server, "--metrics-port", ports.serverMetrics],
        ...["--repo-server", repoServer, ...shared],
      ],
      health: `http://127.0.0.1:${ports.server}/healthz`,
    },
    "argocd-notifications": {
      args: ["--namespace", "argocd", "--argocd-repo-server", repoServer, "--metrics-port", ports.notifications],
      health: `http://127.0.0.1:${ports.notifications}/metrics`,
    },
    // last: without the key that argocd-server makes on a fresh cluster it never opens its webhook
    "argocd-applicationset-controller": {
      args: [
        ...["--namespace", "argocd", "--argocd-repo-server", repoServer, "--metrics-addr", `127.0.0.1:${ports.setMetrics}`],
        ...["--probe-addr", `127.0.0.1:${ports.setProbe}`, "--webhook-addr", `127.0.0.1:${ports.sets}`, "--enable-progressive-syncs"],
      ],
      health: `http://127.0.0.1:${ports.setMetrics}/metrics`,
    },
  };
}
