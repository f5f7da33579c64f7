import process from "node:process";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type ControlPlane, startControlPlane } from "../control-plane/control-plane.ts";
import { isRunning } from "../control-plane/process-identity.ts";
import { readRunRecord } from "../control-plane/run-record.ts";
import { waitFor } from "../control-plane/wait-for.ts";

const namespace = "harness";
let controlPlane: ControlPlane;

beforeAll(async () => {
  controlPlane = await startControlPlane();
  await controlPlane.kubectl(["create", "namespace", namespace]);
});

afterAll(async () => {
  if (controlPlane.external) await controlPlane.kubectl(["delete", "namespace", namespace]);
  else process.stderr.write(`start-up: ${JSON.stringify(controlPlane.startup)} ms\n`);
  const processes = readRunRecord(controlPlane.folder)?.processes ?? [];
  await controlPlane.stop();
  expect(processes.filter(isRunning)).toEqual([]);
});

test("the API server and Argo CD answer", async () => {
  const { serverVersion } = JSON.parse(await controlPlane.kubectl(["version", "--output=json"])) as {
    serverVersion: { gitVersion: string };
  };
  expect(serverVersion.gitVersion).toMatch(/^v1\.\d+/);
  expect(await (await fetch(`${controlPlane.argocdUrl}/api/version`)).text()).toContain(controlPlane.argocdVersion);
});

test("a Pod becomes ready", async () => {
  await apply({ apiVersion: "v1", kind: "Pod", metadata: { name: "reader", namespace }, spec: podSpec() });
  await controlPlane.kubectl(["wait", "--for=condition=Ready", "pod/reader", `--namespace=${namespace}`, "--timeout=60s"]);
});

test("a Job whose command ends with 'exit 1' fails, and another one completes", async () => {
  await apply(job("failing-command", { command: ["sh", "-c", "exit 1"] }));
  await apply(job("failing-arguments", { command: ["sh", "-c"], args: ["exit 1"] }));
  await apply(job("passing", { command: ["sh", "-c", "exit 0"] }));
  await apply(job("mentioning", { command: ["sh", "-c", "echo 'exit 1'"] }));
  expect(await outcome("failing-command")).toBe("Failed");
  expect(await outcome("failing-arguments")).toBe("Failed");
  expect(await outcome("passing")).toBe("Complete");
  expect(await outcome("mentioning")).toBe("Complete");
});

test("a misspelt field of a custom resource is refused, the right one is not", async () => {
  const check = (secretStoreRef: object): Promise<string> =>
    controlPlane.kubectl(
      ["apply", "--dry-run=server", "--validate=strict", "--filename=-"],
      JSON.stringify({
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata: { name: "database", namespace },
        spec: { secretStoreRef, data: [{ secretKey: "password", remoteRef: { key: "bookshop/database" } }] },
      }),
    );
  await expect(check({ name: "vault", kindd: "SecretStore" })).rejects.toThrow('unknown field "spec.secretStoreRef.kindd"');
  expect(await check({ name: "vault", kind: "SecretStore" })).toContain("created (server dry run)");
});

test("the argocd command line is logged in as admin", async () => {
  if (controlPlane.external) return;
  expect(await controlPlane.argocd(["account", "get-user-info"])).toContain("Username: admin");
});

test("a process that is ended comes back", async () => {
  if (controlPlane.external) {
    await expect(controlPlane.restart("argocd-server")).rejects.toThrow("somebody else's cluster");
    return;
  }
  await controlPlane.restart("argocd-server");
  expect((await fetch(`${controlPlane.argocdUrl}/healthz`)).status).toBe(200);
});

async function apply(object: object): Promise<void> {
  await controlPlane.kubectl(["apply", "--filename=-"], JSON.stringify(object));
}

function podSpec(container: object = {}): object {
  return { restartPolicy: "Never", containers: [{ name: "reader", image: "registry.example/bookshop/reader:1", ...container }] };
}

function job(name: string, container: object): object {
  const spec = { backoffLimit: 0, template: { spec: podSpec(container) } };
  return { apiVersion: "batch/v1", kind: "Job", metadata: { name, namespace }, spec };
}

function outcome(name: string): Promise<string> {
  return waitFor(`job ${name} ends`, async () => {
    const text = await controlPlane.kubectl(["get", "job", name, `--namespace=${namespace}`, "--output=json"]);
    const { status } = JSON.parse(text) as { status: { conditions?: { type: string; status: string }[] } };
    return status.conditions?.find(({ type, status: set }) => set === "True" && ["Failed", "Complete"].includes(type))?.type;
  });
}
