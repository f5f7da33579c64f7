import { type ApiServer, startApiServer } from "./api-server.ts";
import type { Binaries } from "./binaries.ts";
import { installCrds } from "./crds.ts";
import { startNodes, startOperators } from "./kwok.ts";
import type { Run } from "./run.ts";

/** A Kubernetes control plane of this run. */
export type Kubernetes = Pick<ApiServer, "kubeconfig" | "kubectl">;

/**
 * Starts etcd, the API server, the controllers, the scheduler, the CustomResourceDefinitions, and KWOK in place of nodes and operators.
 * Whoever may read the run's folder is its administrator: a token made for this run lies in it.
 */
export async function startKubernetes(run: Run, binaries: Binaries): Promise<Kubernetes> {
  const server = await startApiServer(run, binaries);
  const { kubectl } = server;
  await startControllers(run, binaries, server);
  await Promise.all([
    startNodes(run, binaries, server),
    installCrds(run, kubectl, binaries).then(() => startOperators(run, binaries, server)),
  ]);
  await run.waitFor("nodes are ready and namespaces get their service account", async () => {
    await kubectl(["wait", "--for=condition=Ready", "nodes", "--all", "--timeout=1s"]);
    return (await kubectl(["get", "serviceaccount", "default", "--namespace=default", "--output=name"])) !== "";
  });
  return server;
}

async function startControllers(run: Run, binaries: Binaries, { kubeconfig, certificate, key }: ApiServer): Promise<void> {
  const ports = await run.claimPorts(2);
  const own = {
    "kube-controller-manager": [
      "--use-service-account-credentials=true",
      `--service-account-private-key-file=${key}`,
      `--root-ca-file=${certificate}`,
      // nothing measures here
      "--controllers=*,-horizontal-pod-autoscaler-controller",
    ],
    "kube-scheduler": [],
  };
  for (const [index, [name, args]] of Object.entries(own).entries()) {
    const shared = [`--kubeconfig=${kubeconfig}`, "--leader-elect=false", "--bind-address=127.0.0.1", `--secure-port=${ports[index] ?? 0}`];
    run.start({ name, program: binaries.file("kube", "bin", name), args: [...shared, ...args] });
  }
}
