import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { type ControlPlane, startControlPlane } from "../control-plane/control-plane.ts";
import { NotYet, waitFor } from "../control-plane/wait-for.ts";
import { createWorkspace, type GitOpsWorkspace, orchardDefinitions } from "../gitops-workspace.ts";
import { LiveArgoCd } from "../live-argocd.ts";
import { ownControlPlaneOnly } from "../own-control-plane-only.ts";
import { Timings } from "../timings.ts";
import { Undo } from "../undo.ts";

const podinfo = "ghcr.io/stefanprodan/podinfo";
const repository = "orchard";
const evidence = "build/evidence.jsonl";
const [inDev, inProduction] = ["orchard-storefront-dev", "orchard-storefront-production"];

// Told once from its first commit on: each test goes on where the one before it ended.
ownControlPlaneOnly("a release that turns Degraded", () => {
  const timings = new Timings();
  const undo = new Undo();
  let plane: ControlPlane;
  let workspace: GitOpsWorkspace;
  let argocd: LiveArgoCd;

  const imageIn = (namespace: string): Promise<string> =>
    plane.kubectl(["get", "deployment", "storefront", "-n", namespace, "-o", "jsonpath={.spec.template.spec.containers[0].image}"]);
  /** Pins moved as CI would, rendered, pushed, and Argo CD told so. */
  const released = async (environment: string, service: string, tag: string): Promise<string> => {
    workspace.pin(environment, `orchard/${service}`, `${podinfo}:${tag}`);
    const commit = await workspace.release(`deploy: ${service} ${tag} to ${environment}`);
    await argocd.webhook(repository, commit);
    return commit;
  };
  const observed = async (): Promise<void> => {
    const { exitCode, stderr } = await workspace.keelson(["status", "--evidence", evidence, "--kubeconfig", plane.kubeconfig]);
    if (exitCode > 1) throw new Error(stderr);
  };
  const rollback = async (environment: string, ...more: readonly string[]): Promise<RollbackJson> => {
    const argv = ["rollback", "orchard/storefront", "--environment", environment, "--kubeconfig", plane.kubeconfig, "--output", "json"];
    const { exitCode, stdout, stderr } = await workspace.keelson([...argv, ...more]);
    if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stderr}`);
    return JSON.parse(stdout) as RollbackJson;
  };

  /** Somebody syncs, once Argo CD has seen the commit. */
  const syncedByHand = async (commit: string): Promise<void> => {
    await argocd.webhook(repository, commit);
    await waitFor("production was compared with the commit", async () => {
      const revision = (await argocd.application(inProduction))?.revision;
      return revision === commit ? true : new NotYet(revision);
    });
    await argocd.sync(inProduction);
    await argocd.settled(inProduction, commit);
  };

  beforeAll(async () => {
    plane = await startControlPlane();
    undo.later(() => plane.stop());
    argocd = new LiveArgoCd(plane);
    workspace = await createWorkspace(plane.git, repository, { definitions: orchardDefinitions });
    undo.later(workspace.remove);
    await argocd.addRepository(repository);
    // Argo CD calls a Deployment Degraded when its rollout makes no progress for so long
    workspace.edit("apps/orchard/storefront.ts", "replicas: 2,", "replicas: 2, progressDeadlineSeconds: 15,");
    const first = await workspace.release("feat: the first harvest");
    await plane.kubectl(["apply", "-f", join(workspace.folder, "dist/bootstrap/main")]);
    await argocd.settled(inDev, first);
    await observed();
    await argocd.settled(inDev, await released("dev", "storefront", "6.9.1"));
    await observed();
    await released("dev", "courier", "6.9.1");
  });

  test("a healthy one is not rolled back by a pipeline that asks first", async () => {
    expect(await rollback("dev", "--if-degraded", "--push")).toMatchObject({ outcome: "not-degraded", seen: [`'${inDev}' is Healthy`] });
  });

  test("the last version that was seen healthy comes back, and runs", async () => {
    const bad = await released("dev", "storefront", "6.9.2-broken");
    await waitFor(
      "the release is Degraded",
      async () => {
        const application = await argocd.application(inDev);
        return application?.revision === bad && application.healthStatus === "Degraded" ? true : new NotYet(application?.healthMessage);
      },
      { timeout: 240_000 },
    );
    await observed();
    await released("dev", "courier", "6.9.2");
    workspace.git("fetch", "--quiet");
    const commit = await timings.measure("rollback, from the command to Synced and Healthy, with webhook", async () => {
      const result = await timings.measure("of it the command", () => rollback("dev", "--evidence", evidence, "--if-degraded", "--push"));
      expect(result).toMatchObject({
        outcome: "pushed",
        rollback: {
          version: "6.9.1",
          evidence: expect.stringMatching(/^seen Synced and Healthy at /),
          hold: { targets: ["orchard/storefront"] },
        },
      });
      await argocd.webhook(repository, result.commit ?? "");
      await argocd.settled(inDev, result.commit);
      return result.commit;
    });
    expect(await imageIn("orchard-dev")).toBe(`${podinfo}:6.9.1`);
    expect(workspace.git("rev-parse", "origin/main", "HEAD").trim().split("\n")).toEqual([commit, commit]);
    expect(await rollback("dev", "--if-degraded", "--push")).toMatchObject({ outcome: "not-degraded" });
    // Argo CD's own way back is closed here, as the command says
    await expect(plane.argocd(["app", "rollback", inDev, "0"])).rejects.toThrow(/rollback cannot be initiated when auto-sync is enabled/);
  });

  test("production, which is synced by hand, goes back by the printed history id, and stays there when the commit is synced", async () => {
    await syncedByHand(workspace.git("rev-parse", "HEAD").trim());
    const bad = await released("production", "storefront", "6.9.1");
    await syncedByHand(bad);
    const planned = await rollback("production", "--branch", "rollback-storefront");
    expect(planned).toMatchObject({ outcome: "branched", rollback: { version: "6.9.0" } });
    expect(planned.rollback.hold).toBeUndefined();
    const commands = planned.next.flatMap(({ application, command }) => (application === inProduction ? (command ?? []) : []));
    expect(commands[0]).toBe(`argocd app sync ${inProduction}`);
    const [, , , , id = ""] = commands[1]?.split(" ") ?? [];
    expect(commands[1]).toBe(`argocd app rollback ${inProduction} ${id}`);
    await timings.measure("argocd app rollback with the printed id", async () => {
      await plane.argocd(["app", "rollback", inProduction, id]);
      await waitFor("production runs the older image", async () => {
        const image = await imageIn("orchard-production");
        return image === `${podinfo}:6.9.0` ? true : new NotYet(image);
      });
    });
    workspace.git("fetch", "--quiet", "origin", "rollback-storefront");
    workspace.git("merge", "--quiet", "--ff-only", "FETCH_HEAD");
    workspace.git("push", "--quiet", "origin", "HEAD:main");
    await argocd.webhook(repository, planned.commit ?? "");
    await plane.argocd(["app", "sync", inProduction]);
    await argocd.settled(inProduction, planned.commit);
    expect(await imageIn("orchard-production")).toBe(`${podinfo}:6.9.0`);
  });
});

/** The part of `keelson rollback --output json` that is read here. */
interface RollbackJson {
  readonly outcome: string;
  readonly commit?: string;
  readonly rollback: { readonly version: string; readonly evidence: string; readonly hold?: object };
  readonly next: readonly { readonly application?: string; readonly command?: string }[];
}
