import { resolve } from "node:path";
import type { ApiServer } from "./api-server.ts";
import type { Binaries } from "./binaries.ts";
import type { Run } from "./run.ts";

const ownFiles = resolve(import.meta.dirname, "../kwok");

/** Stages that KWOK ships: Pods become ready and complete, volumes are bound. */
const shippedStages = [
  ...["node-initialize", "node-heartbeat-with-lease", "pod-ready", "pod-complete", "pod-delete"],
  ...["pvc-provision", "pvc-delete", "pv-bind", "pv-delete"],
];

/** Starts KWOK in place of nodes, volumes and load balancers. */
export async function startNodes(run: Run, binaries: Binaries, { kubeconfig, kubectl }: ApiServer): Promise<void> {
  const shipped = (name: string): string => binaries.file("kube", "files", `${name}.yaml`);
  const stages = [...shippedStages.map(shipped), resolve(ownFiles, "workloads.yaml")];
  const nodes = ["--manage-all-nodes=true", "--node-ip=127.0.0.1", "--node-lease-duration-seconds=40"];
  await startKwok(run, binaries, "kwok", [`--kubeconfig=${kubeconfig}`, ...nodes], stages);
  await kubectl(["apply", "-f", resolve(ownFiles, "nodes.yaml"), "-f", shipped("storage-class")]);
}

/** Starts a second KWOK, in place of operators: it ends at once when their kinds are not served yet, and must not take the nodes along. */
export function startOperators(run: Run, binaries: Binaries, { kubeconfig }: ApiServer): Promise<void> {
  const noNode = "--manage-nodes-with-annotation-selector=none=none";
  return startKwok(
    run,
    binaries,
    "kwok-custom-resources",
    [`--kubeconfig=${kubeconfig}`, noNode],
    [resolve(ownFiles, "custom-resources.yaml")],
  );
}

async function startKwok(run: Run, binaries: Binaries, name: string, args: readonly string[], stages: readonly string[]): Promise<void> {
  const [port = 0] = await run.claimPorts(1);
  const address = [`--node-port=${port}`, `--server-address=127.0.0.1:${port}`];
  const program = binaries.file("kube", "bin", "kwok");
  run.start({ name, program, args: [...args, ...address, ...stages.map((path) => `--config=${path}`)] });
  await run.waitFor(`'${name}' answers`, async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok);
}
