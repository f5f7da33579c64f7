import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { get } from "node:https";
import { stringify } from "yaml";
import type { Binaries } from "./binaries.ts";
import { kubectlEnvironment, kubectlFor, type Kubectl } from "./kubectl.ts";
import type { Run } from "./run.ts";
import { writePrivateFile } from "./write-private-file.ts";

/** The name of the context in the kubeconfig. */
export const contextName = "keelson-e2e";

/** The API server of a run, and paths of what others need to talk to it. */
export interface ApiServer {
  /** Its administrator's. */
  readonly kubeconfig: string;
  /** With that kubeconfig. */
  readonly kubectl: Kubectl;
  /** The server makes it itself, and it is its own authority. */
  readonly certificate: string;
  /** Signs the tokens of service accounts. */
  readonly key: string;
}

/** Starts etcd and the API server, and waits until it is ready. Its administrator's token lies in the run's folder, made for this run. */
export async function startApiServer(run: Run, binaries: Binaries): Promise<ApiServer> {
  const [port = 0, etcdPort = 0, peerPort = 0] = await run.claimPorts(3);
  const token = randomBytes(24).toString("hex");
  writePrivateFile(run.path("tokens.csv"), `${token},admin,admin,"system:masters"\n`);
  const key = run.path("service-accounts.key");
  writePrivateFile(key, privateKey());
  const certificate = run.path("pki", "apiserver.crt");
  const etcd = `http://127.0.0.1:${etcdPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  run.start({
    name: "etcd",
    program: binaries.file("kube", "bin", "etcd"),
    args: [
      `--data-dir=${run.path("etcd")}`,
      "--unsafe-no-fsync",
      `--quota-backend-bytes=${2 ** 31}`,
      `--listen-client-urls=${etcd}`,
      `--advertise-client-urls=${etcd}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
    ],
  });
  run.start({
    name: "kube-apiserver",
    program: binaries.file("kube", "bin", "kube-apiserver"),
    args: [
      `--etcd-servers=${etcd}`,
      `--cert-dir=${run.path("pki")}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
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
    ],
  });
  await run.waitFor("the API server is ready", () => isReady(port, certificate, token));
  const kubeconfig = run.path("kubeconfig");
  writePrivateFile(kubeconfig, kubeconfigText(`https://127.0.0.1:${port}`, readFileSync(certificate), token));
  const kubectl = kubectlFor(binaries.file("kube", "bin", "kubectl"), kubectlEnvironment(kubeconfig, run.path("kubectl")));
  return { kubeconfig, kubectl, certificate, key };
}

function privateKey(): string {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
}

function isReady(port: number, certificate: string, token: string): Promise<boolean> {
  if (!existsSync(certificate)) return Promise.resolve(false);
  const options = { ca: readFileSync(certificate), headers: { authorization: `Bearer ${token}` } };
  return new Promise((resolve, reject) => {
    const request = get(`https://127.0.0.1:${port}/readyz`, options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
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
