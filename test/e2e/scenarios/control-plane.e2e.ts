import { stderr } from "node:process";
import { beforeAll, expect, test } from "@jest/globals";
import { type ControlPlane, startControlPlane } from "../control-plane/control-plane.ts";
import { isRunning } from "../control-plane/process-identity.ts";
import { readRunRecord } from "../control-plane/run-record.ts";
import { waitFor } from "../control-plane/wait-for.ts";
import { ownControlPlaneOnly } from "../own-control-plane-only.ts";
import { Undo } from "../undo.ts";

const namespace = "harness";

// The ground that the other scenarios stand on.
ownControlPlaneOnly("a control plane of our own", () => {
  const undo = new Undo();
  let plane: ControlPlane;

  const apply = (object: object): Promise<string> => plane.kubectl(["apply", "--filename=-"], JSON.stringify(object));
  const outcome = (job: string): Promise<string> =>
    waitFor(`job ${job} ends`, async () => {
      const text = await plane.kubectl(["get", "job", job, `--namespace=${namespace}`, "--output=json"]);
      const { status } = JSON.parse(text) as { status: { conditions?: { type: string; status: string }[] } };
      return status.conditions?.find(({ type, status: set }) => set === "True" && ["Failed", "Complete"].includes(type))?.type;
    });

  beforeAll(async () => {
    plane = await startControlPlane();
    undo.later(() => plane.stop());
    stderr.write(`start-up: ${JSON.stringify(plane.startup)} ms\n`);
    await plane.kubectl(["create", "namespace", namespace]);
  });

  test("the API server and Argo CD answer", async () => {
    const { serverVersion } = JSON.parse(await plane.kubectl(["version", "--output=json"])) as {
      serverVersion: { gitVersion: string };
    };
    expect(serverVersion.gitVersion).toMatch(/^v1\.\d+/);
    expect(await (await fetch(`${plane.argocdUrl}/api/version`)).text()).toContain(plane.argocdVersion);
  });

  test("a Pod becomes ready", async () => {
    await apply({ apiVersion: "v1", kind: "Pod", metadata: { name: "reader", namespace }, spec: podSpec() });
    await plane.kubectl(["wait", "--for=condition=Ready", "pod/reader", `--namespace=${namespace}`, "--timeout=60s"]);
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
      plane.kubectl(
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
    expect(await plane.argocd(["account", "get-user-info"])).toContain("Username: admin");
  });

  test("a process that is ended comes back", async () => {
    await plane.restart("argocd-server");
    expect((await fetch(`${plane.argocdUrl}/healthz`)).status).toBe(200);
  });

  test("when it is stopped none of its processes is left", async () => {
    const processes = readRunRecord(plane.folder)?.processes ?? [];
    expect(processes.map(({ name }) => name)).toEqual(expect.arrayContaining(["etcd", "argocd-server", "git-server"]));
    await plane.stop();
    expect(processes.filter(isRunning)).toEqual([]);
  });
});

function podSpec(container: object = {}): object {
  return { restartPolicy: "Never", containers: [{ name: "reader", image: "registry.example/bookshop/reader:1", ...container }] };
}

function job(name: string, container: object): object {
  const spec = { backoffLimit: 0, template: { spec: podSpec(container) } };
  return { apiVersion: "batch/v1", kind: "Job", metadata: { name, namespace }, spec };
}
