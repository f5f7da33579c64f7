import { delimiter } from "node:path";
import process from "node:process";
import { contextName } from "./api-server.ts";
import { installArgocd, prepareArgocd } from "./argocd.ts";
import { ensureBinaries, hasPulumi } from "./binaries.ts";
import type { ControlPlane, ControlPlaneOptions } from "./control-plane.ts";
import { startGitServer } from "./git-server.ts";
import { kubectlEnvironment } from "./kubectl.ts";
import { startKubernetes } from "./kubernetes.ts";
import { argocdVersion } from "./module-recipes.ts";
import { noProgress } from "./progress.ts";
import { Run } from "./run.ts";

/**
 * Starts a control plane from the cached builds, and builds those that are missing.
 * What it has started is ended again when the start fails.
 *
 * @throws UserError when something that is needed is not installed
 */
export async function startOwnControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const { progress = noProgress, argocd = true, settings = true } = options;
  const binaries = await ensureBinaries({ progress, pulumi: hasPulumi() });
  const run = Run.create();
  try {
    run.uses(binaries.builds);
    const startup: Record<string, number> = {};
    const timed = async <T>(name: string, title: string, work: () => Promise<T>): Promise<T> => {
      const start = performance.now();
      const result = await progress.step(title, work);
      startup[name] = (startup[name] ?? 0) + Math.round(performance.now() - start);
      return result;
    };
    const [kubernetes, git] = await timed("kubernetes", "starting Kubernetes", () =>
      Promise.all([startKubernetes(run, binaries), startGitServer(run)]),
    );
    const { kubectl, kubeconfig } = kubernetes;
    const processes = await prepareArgocd(run, binaries, kubernetes);
    const startArgoCd = (): Promise<void> => timed("argocd", "starting Argo CD", () => processes.start());
    await timed("argocd", "installing Argo CD's definitions", () => installArgocd(kubectl, binaries, { settings }));
    if (argocd) await startArgoCd();
    return {
      kubeconfig,
      kubectl,
      startup,
      git,
      startArgoCd,
      context: contextName,
      external: false,
      argocdVersion: argocdVersion(),
      argocdUrl: processes.url,
      applicationSetWebhookUrl: processes.applicationSetWebhookUrl,
      folder: run.folder,
      environment: {
        ...process.env,
        ...kubectlEnvironment(kubeconfig, run.path("kubectl")),
        PATH: [...binaries.path, process.env.PATH].join(delimiter),
      },
      argocd: processes.cli,
      restart: async (name) => {
        await run.restart(name);
        await processes.answers(name);
      },
      keep: () => {
        run.keep();
      },
      stop: () => run.stop(),
    };
  } catch (error) {
    await run.stop();
    throw error;
  }
}
