import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { get } from "node:https";
import { resolve } from "node:path";
import { stringify } from "yaml";
import type { Binaries } from "./binaries.ts";
import { installCrds } from "./crds.ts";
import { kubectlEnvironment, kubectlFor, type Kubectl } from "./kubectl.ts";
import type { Run } from "./run.ts";
import { waitFor } from "./wait-for.ts";
import { writePrivateFile } from "./write-private-file.ts";

/** The name of the context in the kubeconfig. */
export const contextName = "keelson-e2e";

const kwokFolder = resolve(import.meta.dirname, "../kwok");

/** Stages that KWOK ships: Pods become ready and complete, volumes are bound. */
const shippedStages = [
  ...["node-initialize", "node-heartbeat-with-lease", "pod-ready", "pod-complete", "pod-delete"],
  ...["pvc-provision", "pvc-delete", "pv-bind", "pv-delete"],
];

/** A Kubernetes control plane of this run. */
export interface Kubernetes {
  readonly kubeconfig: string;
  readonly kubectl: Kubectl;
}

/**
 * Starts etcd, the API server, the controllers, the scheduler, and KWOK in place of nodes and operators, with the CustomResourceDefinitions.
 * Whoever may read the run's folder is its administrator: a token made for this run lies in it.
 */
export async function startKubernetes(run: Run, binaries: Binaries): Promise<Kubernetes> {
  const ports = await run.claimPorts(8);
  const [etcdPort = 0, peerPort = 0, apiPort = 0, controllerPort = 0, schedulerPort = 0, kwokPort = 0, kwokCustomPort = 0] = ports;
  const program = (name: string): string => binaries.file("kube", "bin", name);
  const start = (name: string, args: readonly string[]): void => void run.start({ name, program: program(name), args });
  const token = randomBytes(24).toString("hex");
  writePrivateFile(run.path("tokens.csv"), `${token},admin,admin,"system:masters"\n`);
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const key = run.path("service-accounts.key");
  writePrivateFile(key, privateKey);

  const etcd = `http://127.0.0.1:${etcdPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  start("etcd", [
    `--data-dir=${run.path("etcd")}`,
    "--unsafe-no-fsync",
    `--quota-backend-bytes=${2 ** 31}`,
    `--listen-client-urls=${etcd}`,
    `--advertise-client-urls=${etcd}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
  ]);
  start("kube-apiserver", [
    `--etcd-servers=${etcd}`,
    `--cert-dir=${run.path("pki")}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${apiPort}`,
    // an endpoint must not be a loopback address
    "--advertise-address=192.0.2.1",
    "--service-cluster-ip-range=10.96.0.0/16",
    "--authorization-mode=RBAC",
    "--allow-privileged=true",
    `--token-auth-file=${run.path("tokens.csv")}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    // nothing in this cluster could answer them
    "--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook",
  ]);
  const hopeless = (): void => {
    run.assertAlive();
  };
  // the server makes its own certificate, which is its own authority
  const certificate = run.path("pki", "apiserver.crt");
  await waitFor("the API server is ready", () => answersOk(apiPort, certificate, token), { hopeless });

  const kubeconfig = run.path("kubeconfig");
  const server = `https://127.0.0.1:${apiPort}`;
  writePrivateFile(kubeconfig, kubeconfigText(server, readFileSync(certificate), token));
  const kubectl = kubectlFor(program("kubectl"), kubectlEnvironment(kubeconfig, run.path("kubectl")));
  start("kube-controller-manager", [
    `--kubeconfig=${kubeconfig}`,
    "--leader-elect=false",
    "--bind-address=127.0.0.1",
    `--secure-port=${controllerPort}`,
    "--use-service-account-credentials=true",
    `--service-account-private-key-file=${key}`,
    `--root-ca-file=${certificate}`,
    // nothing measures here
    "--controllers=*,-horizontal-pod-autoscaler-controller",
  ]);
  start("kube-scheduler", [
    `--kubeconfig=${kubeconfig}`,
    "--leader-elect=false",
    "--bind-address=127.0.0.1",
    `--secure-port=${schedulerPort}`,
  ]);
  const stage = (name: string): string => binaries.file("kube", "files", `${name}.yaml`);
  start("kwok", [
    `--kubeconfig=${kubeconfig}`,
    "--manage-all-nodes=true",
    "--node-ip=127.0.0.1",
    "--node-lease-duration-seconds=40",
    ...kwokArguments(kwokPort, [...shippedStages.map(stage), resolve(kwokFolder, "workloads.yaml")]),
  ]);
  await Promise.all([
    kubectl(["apply", "-f", resolve(kwokFolder, "nodes.yaml"), "-f", stage("storage-class")]),
    installCrds(kubectl, binaries, hopeless),
  ]);
  run.start({
    name: "kwok-custom-resources",
    program: program("kwok"),
    args: [
      `--kubeconfig=${kubeconfig}`,
      // no node at all
      "--manage-nodes-with-annotation-selector=none=none",
      ...kwokArguments(kwokCustomPort, [resolve(kwokFolder, "custom-resources.yaml")]),
    ],
  });
  await waitFor("both KWOKs answer", async () => (await healthy(kwokPort)) && (await healthy(kwokCustomPort)), { hopeless });
  await waitFor(
    "nodes are ready and namespaces get their service account",
    async () => {
      await kubectl(["wait", "--for=condition=Ready", "nodes", "--all", "--timeout=1s"]);
      return (await kubectl(["get", "serviceaccount", "default", "--namespace=default", "--output=name"])) !== "";
    },
    { hopeless },
  );
  return { kubeconfig, kubectl };
}

function kwokArguments(port: number, stages: readonly string[]): readonly string[] {
  return [`--node-port=${port}`, `--server-address=127.0.0.1:${port}`, ...stages.map((path) => `--config=${path}`)];
}

async function healthy(port: number): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
}

function answersOk(port: number, certificate: string, token: string): Promise<boolean> {
  if (!existsSync(certificate)) return Promise.resolve(false);
  const options = { ca: readFileSync(certificate), headers: { authorization: `Bearer ${token}` } };
  return new Promise((resolveAnswer, reject) => {
    const request = get(`https://127.0.0.1:${port}/readyz`, options, (response) => {
      response.resume();
      resolveAnswer(response.statusCode === 200);
    });
    request.on("error", reject);
  });
}

function kubeconfigText(server: string, certificate: Buffer, token: string): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: contextName, cluster: { server, "certificate-authority-data": certificate.toString("base64") } }],
    users: [{ name: contextName, user: { token } }],
    contexts: [{ name: contextName, context: { cluster: contextName, user: contextName } }],
    "current-context": contextName,
  });
}
