import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import type { LiveApplication } from "../../../lib/cluster/application.ts";
import { type ControlPlane, startControlPlane } from "../control-plane/control-plane.ts";
import { NotYet, waitFor } from "../control-plane/wait-for.ts";
import { createWorkspace, type GitOpsWorkspace, orchardDefinitions } from "../gitops-workspace.ts";
import { argocdNamespace, LiveArgoCd } from "../live-argocd.ts";
import { ownControlPlaneOnly } from "../own-control-plane-only.ts";
import { Undo } from "../undo.ts";

const podinfo = "ghcr.io/stefanprodan/podinfo";
const repository = "orchard";
const [storefront, courier, cellar] = ["orchard-storefront-dev", "orchard-courier-dev", "cellar-dev"];
const pausedPolicy = { enabled: false, prune: true, selfHeal: true, allowEmpty: false };
const said = 'environment: dev, reason: "the till: by hand", ticket: "https://tickets.example/7", owner: growers, until: "2099-12-31"';
const override = `breakGlass: [BreakGlass.of({ ${said}, services: [storefront], autoSync: "off" })],`;
const overrideOfAll = `breakGlass: [BreakGlass.of({ ${said}, autoSync: "off" })],`;
const told = {
  content: "automatic sync is off until 2099-12-31, by growers: the till: by hand (https://tickets.example/7)",
  permanent: "true",
  severity: "critical",
  url: "https://tickets.example/7",
};

// Told once from its first commit on: each test goes on where the one before it ended.
ownControlPlaneOnly("an Application that is left to people for a while", () => {
  const undo = new Undo();
  let plane: ControlPlane;
  let workspace: GitOpsWorkspace;
  let argocd: LiveArgoCd;
  let pinned: string;

  const imageOf = (deployment: string): Promise<string> =>
    plane.kubectl(["get", "deployment", deployment, "-n", "orchard-dev", "-o", "jsonpath={.spec.template.spec.containers[0].image}"]);
  const byHand = (deployment: string): Promise<string> =>
    plane.kubectl(["set", "image", `deployment/${deployment}`, `${deployment}=${podinfo}:6.7.0`, "-n", "orchard-dev"]);
  const released = async (message: string): Promise<string> => {
    const commit = await workspace.release(message);
    await argocd.webhook(repository, commit);
    return commit;
  };
  /** Waits until a live Application is as it should be. */
  const until = (name: string, what: string, is: (live: LiveApplication) => boolean): Promise<LiveApplication> =>
    waitFor(`'${name}' ${what}`, async () => {
      const live = await argocd.application(name);
      return live !== undefined && is(live) ? live : new NotYet(live);
    });
  const objectOf = async (name: string): Promise<ApplicationJson> =>
    JSON.parse(await plane.kubectl(["get", "application", name, "-n", argocdNamespace, "-o", "json"])) as ApplicationJson;
  const noticeOf = async (name: string): Promise<Record<string, string>> => {
    const entries = Object.entries((await objectOf(name)).metadata.annotations).filter(([key]) => key.startsWith("notice."));
    return Object.fromEntries(entries.map(([key, value]) => [key.replace("notice.argocd.argoproj.io/", ""), value]));
  };
  const statusOf = async (name: string): Promise<unknown> => {
    const { stdout } = await workspace.keelson(["status", "--application", name, "--output", "json", "--kubeconfig", plane.kubeconfig]);
    return (JSON.parse(stdout) as { readonly applications: readonly unknown[] }).applications[0];
  };

  beforeAll(async () => {
    plane = await startControlPlane();
    undo.later(() => plane.stop());
    argocd = new LiveArgoCd(plane);
    workspace = await createWorkspace(plane.git, repository, { definitions: orchardDefinitions });
    undo.later(workspace.remove);
    await argocd.addRepository(repository);
    workspace.edit("apps/cellar/system.ts", '"per-system"', '"application-set"');
    const first = await workspace.release("feat: the first harvest");
    await plane.kubectl(["apply", "-f", join(workspace.folder, "dist/bootstrap/main")]);
    for (const name of [storefront, courier]) await argocd.settled(name, first);
  });

  test("break-glass pauses it and says so, and changes nothing that runs", async () => {
    const before = await argocd.application(storefront);
    workspace.edit("apps/orchard/system.ts", "syncWindows: [],", override);
    workspace.edit("apps/cellar/system.ts", "services: [", `${overrideOfAll}\n  services: [`);
    for (const system of ["orchard", "cellar"])
      workspace.edit(`apps/${system}/system.ts`, "import ", 'import { BreakGlass } from "../../lib/definition/break-glass.ts";\nimport ');
    await released("fix(orchard): the storefront is repaired by hand");
    const paused = await until(storefront, "is paused", ({ automated }) => !automated);
    expect((await objectOf(storefront)).spec.syncPolicy.automated).toEqual(pausedPolicy);
    expect(await noticeOf(storefront)).toEqual(told);
    expect(paused.history).toEqual(before?.history);
    expect((await argocd.application(courier))?.automated).toBe(true);
    expect(await statusOf(storefront)).toMatchObject({ state: "ok", automated: false, breakGlass: { off: "autoSync", ended: false } });
  });

  test("one that an ApplicationSet makes is paused through the set, beside others of it that are not", async () => {
    await until(cellar, "is paused", ({ automated }) => !automated);
    expect((await objectOf(cellar)).spec.syncPolicy.automated).toEqual(pausedPolicy);
    expect(await noticeOf(cellar)).toEqual(told);
    expect((await objectOf("cellar-production")).spec.syncPolicy.automated).toBeUndefined();
    expect(await noticeOf("cellar-production")).toEqual({});
    workspace.edit("apps/cellar/system.ts", `${overrideOfAll}\n  `, "");
    await released("chore(cellar): nothing is done by hand");
    await until(cellar, "is automated again", ({ automated }) => automated);
    expect((await objectOf(cellar)).spec.syncPolicy.automated).not.toHaveProperty("enabled");
    expect(await noticeOf(cellar)).toEqual({});
  });

  test("what somebody changes by hand stays, and a new commit waits; the Application beside it heals", async () => {
    await byHand("storefront");
    await byHand("courier");
    await until(storefront, "is OutOfSync", ({ syncStatus }) => syncStatus === "OutOfSync");
    await waitFor("the courier was healed", async () => {
      const image = await imageOf("courier");
      return image === `${podinfo}:6.9.0` ? true : new NotYet(image);
    });
    expect(await statusOf(storefront)).toMatchObject({ state: "drifted" });
    workspace.pin("dev", "orchard/storefront", `${podinfo}:6.9.1`);
    workspace.pin("dev", "orchard/courier", `${podinfo}:6.9.1`);
    pinned = await released("feat(orchard): 6.9.1 in dev");
    await argocd.settled(courier, pinned);
    const waiting = await until(storefront, "was compared with the commit", ({ revision }) => revision === pinned);
    expect(waiting).toMatchObject({ syncStatus: "OutOfSync" });
    expect(await imageOf("storefront")).toBe(`${podinfo}:6.7.0`);
    expect(await statusOf(storefront)).toMatchObject({ state: "pending" });
  });

  test("whoever switches it on in the cluster is undone by the root", async () => {
    const on = JSON.stringify({ spec: { syncPolicy: { automated: { enabled: true } } } });
    // paused for good, else this sync would win the race
    const frozen = { "argocd.argoproj.io/skip-reconcile": "true" };
    await plane.kubectl([
      "annotate",
      "application",
      storefront,
      "-n",
      argocdNamespace,
      ...Object.entries(frozen).map((entry) => entry.join("=")),
    ]);
    await plane.kubectl(["patch", "application", storefront, "-n", argocdNamespace, "--type", "merge", "--patch", on]);
    await until(storefront, "is paused again", ({ automated }) => !automated);
    await plane.kubectl(["annotate", "application", storefront, "-n", argocdNamespace, "argocd.argoproj.io/skip-reconcile-"]);
    expect(await imageOf("storefront")).toBe(`${podinfo}:6.7.0`);
  });

  test("a hold is pushed, told in Argo CD, and syncs no workload", async () => {
    const before = await argocd.application(courier);
    const hold = ["hold", "set", "orchard/courier", "--environment", "dev", "--until", "2099-12-31", "--reason", 'said "wait"', "--push"];
    expect(await workspace.keelson(hold)).toMatchObject({ exitCode: 0 });
    await argocd.webhook(repository, workspace.git("rev-parse", "HEAD").trim());
    await waitFor("the hold is told", async () => {
      const { content = "" } = await noticeOf(courier);
      return content === 'orchard/courier is held until 2099-12-31T23:59:59Z, by grower: said "wait"' ? true : new NotYet(content);
    });
    const after = await argocd.application(courier);
    expect(after).toMatchObject({ history: before?.history, automated: true, syncStatus: "Synced" });
    expect(await noticeOf(storefront)).toMatchObject({ severity: "critical" });
    const released = ["hold", "release", "orchard/courier", "--environment", "dev", "--push"];
    expect(await workspace.keelson(released)).toMatchObject({ exitCode: 0 });
    await argocd.webhook(repository, workspace.git("rev-parse", "HEAD").trim());
    await waitFor("the hold is told no more", async () => {
      const notice = await noticeOf(courier);
      return Object.keys(notice).length === 0 ? true : new NotYet(notice);
    });
  });

  test("without the override it goes on by itself, at the newest commit", async () => {
    workspace.edit("apps/orchard/system.ts", override, "");
    await released("chore(orchard): the storefront is repaired");
    const settled = await argocd.settled(storefront);
    expect(settled.automated).toBe(true);
    await waitFor("the storefront runs the pin", async () => {
      const image = await imageOf("storefront");
      return image === `${podinfo}:6.9.1` ? true : new NotYet(image);
    });
    expect(await noticeOf(storefront)).toEqual({});
  });
});

/** The part of an Application that is read here as it is stored. */
interface ApplicationJson {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: { readonly syncPolicy: { readonly automated?: object } };
}
