import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { projectRoot } from "../../support/project-copy.ts";
import { type ControlPlane, startControlPlane } from "../control-plane/control-plane.ts";
import { outcomeOf } from "../control-plane/run-command.ts";
import { NotYet, waitFor } from "../control-plane/wait-for.ts";
import { createWorkspace, type GitOpsWorkspace } from "../gitops-workspace.ts";
import { argocdNamespace, LiveArgoCd } from "../live-argocd.ts";
import { ownControlPlaneOnly } from "../own-control-plane-only.ts";
import { Undo } from "../undo.ts";

/** How a program ended, and everything that it said. */
interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

// Pulumi's own command line and engine on the project's folder, against a real API server. Two parts of Pulumi cannot be built from Go modules, and are
// stood in for: see test/e2e/pulumi. Argo CD's own settings are made here, so somebody else's cluster is no place for it.
ownControlPlaneOnly("the bootstrap by Pulumi, in a control plane of our own", () => {
  const undo = new Undo();
  let plane: ControlPlane;
  let workspace: GitOpsWorkspace;
  let argocd: LiveArgoCd;
  let scratch: string;

  const run = async (program: string, ...args: string[]): Promise<Ended> => {
    const options = { cwd: workspace.folder, env: pulumiEnvironment(plane, scratch) };
    const { exitCode, stdout, stderr } = await outcomeOf(program, args, options);
    return { exitCode, output: stdout + stderr };
  };
  const pulumi = (...args: string[]): Promise<Ended> => run("pulumi", ...args, "--non-interactive", "--color", "never");
  const set = async (key: string, value: string, ...options: string[]): Promise<void> => {
    const { exitCode, output } = await pulumi("config", "set", ...options, `keelson:${key}`, value);
    if (exitCode !== 0) throw new Error(output);
  };
  const bootstrap = (...args: string[]): Promise<Ended> => run("npm", "run", "--silent", "bootstrap", "--", ...args);
  /** Empty where there is no such object. */
  const uidOf = (kind: string, name: string, namespace = ""): Promise<string> =>
    plane.kubectl(["get", kind, name, "-n", namespace, "--ignore-not-found", "-o", "jsonpath={.metadata.uid}"]);
  const settingsData = async (): Promise<Record<string, string>> =>
    JSON.parse(await plane.kubectl(["get", "configmap", "argocd-cm", "-n", argocdNamespace, "-o", "jsonpath={.data}"])) as Record<
      string,
      string
    >;

  beforeAll(async () => {
    plane = await startControlPlane({ argocd: false, settings: false });
    undo.later(() => plane.stop());
    argocd = new LiveArgoCd(plane);
    scratch = mkdtempSync(join(tmpdir(), "keelson-pulumi-"));
    undo.later(() => {
      rmSync(scratch, { recursive: true });
    });
    mkdirSync(join(scratch, "state"));
    workspace = await createWorkspace(plane.git, "gitops");
    undo.later(workspace.remove);
    rmSync(join(workspace.folder, "Pulumi.main.yaml"), { force: true });
    await workspace.release("feat: everything");
    await plane.kubectl(["create", "namespace", "external-secrets"]);
    const { exitCode, output } = await pulumi("stack", "init", "main");
    if (exitCode !== 0) throw new Error(output);
  });

  test("a stack without configuration fails with one error, which names the keys and an example", async () => {
    const { exitCode, output } = await pulumi("up", "--yes");
    expect(exitCode).not.toBe(0);
    const diagnostics = output.slice(output.indexOf("Diagnostics:"));
    expect(diagnostics.match(/error: .*/g)).toEqual(["error: the stack 'main' lacks 'keelson:context' and 'keelson:repositoryAccess'"]);
    expect(diagnostics).toContain("pulumi config set keelson:context ");
  });

  test("a context that the kubeconfig does not have is told, with those that it has", async () => {
    await set("context", "keelson-e2");
    await set("repositoryAccess", "public");
    const { exitCode, output } = await pulumi("preview");
    expect(exitCode).not.toBe(0);
    expect(output).toContain(`error: there is no context 'keelson-e2' in the kubeconfig\n      hint: the contexts are: '${plane.context}'`);
  });

  test("a password in the clear is refused", async () => {
    await set("context", plane.context);
    await set("install", "none");
    await set("settings", "create");
    await set("repositoryAccess", "password");
    await set("repositoryUsername", plane.git.credentials.username);
    await set("repositoryPassword", "opensesame", "--plaintext");
    const { exitCode, output } = await pulumi("preview");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("error: 'keelson:repositoryPassword' of the stack 'main' stands in the clear");
    expect(output).not.toContain("opensesame");
    await set("repositoryPassword", plane.git.credentials.password, "--secret");
  });

  test("a Secret that somebody else keeps must be there, where Argo CD is", async () => {
    const { password } = plane.git.credentials;
    for (const key of ["repositoryUsername", "repositoryPassword"]) await pulumi("config", "rm", `keelson:${key}`);
    await set("repositoryAccess", "existing-secret");
    await set("repositoryExistingSecret", "orchard-repository");
    const { exitCode, output } = await pulumi("preview");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("error: there is no Secret 'orchard-repository' in the namespace 'argocd'");
    await pulumi("config", "rm", "keelson:repositoryExistingSecret");
    await set("repositoryAccess", "password");
    await set("repositoryUsername", plane.git.credentials.username);
    await set("repositoryPassword", password, "--secret");
  });

  test("a preview changes nothing", async () => {
    expect((await pulumi("preview")).output).toContain("+ 9 to create");
    await expect(plane.kubectl(["get", "configmap", "argocd-cm", "-n", argocdNamespace])).rejects.toThrow("NotFound");
  });

  test("`up` makes Argo CD's settings, the repository's Secret and the root, as they stand in the output folder", async () => {
    const { exitCode, output } = await pulumi("up", "--yes");
    expect([exitCode, /\+ \d+ created/.exec(output)?.[0]]).toEqual([0, "+ 9 created"]);
    const drift = await plane.kubectl(["diff", "--server-side", "--force-conflicts", "-f", join(workspace.folder, "dist/bootstrap/main")]);
    expect(drift).toBe("");
    expect(await settingsData()).toMatchObject({ "timeout.reconciliation": "120s" });
    const password = await plane.kubectl(["get", "secret", "keelson-repository", "-n", argocdNamespace, "-o", "jsonpath={.data.password}"]);
    expect(Buffer.from(password, "base64").toString()).toBe(plane.git.credentials.password);
  });

  test("a second `up` changes nothing", async () => {
    const { exitCode, output } = await pulumi("up", "--yes", "--expect-no-changes");
    expect([exitCode, /Resources:\n.*/.exec(output)?.[0]]).toEqual([0, "Resources:\n    9 unchanged"]);
  });

  test("neither the state nor an output holds the password in the clear", async () => {
    const { password } = plane.git.credentials;
    const clear = [password, Buffer.from(password).toString("base64")];
    const files = readdirSync(join(scratch, "state"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    expect(texts.some((text) => text.includes("keelson-repository"))).toBe(true);
    texts.push((await pulumi("stack", "output", "--show-secrets", "--json")).output, workspace.read("Pulumi.main.yaml"));
    expect(texts.filter((text) => clear.some((form) => text.includes(form)))).toEqual([]);
  });

  test("Argo CD comes up with these settings, reads the repository, and takes its settings over", async () => {
    await plane.startArgoCd();
    await waitFor(
      "the root is Synced",
      async () => {
        const root = await argocd.application("root");
        return root?.syncStatus === "Synced" ? true : new NotYet(root);
      },
      { timeout: 300_000 },
    );
    await waitFor(
      "Argo CD keeps argocd-cm",
      async () => {
        const annotations = await plane.kubectl([
          "get",
          "configmap",
          "argocd-cm",
          "-n",
          argocdNamespace,
          "-o",
          "jsonpath={.metadata.annotations}",
        ]);
        return annotations.includes("platform-argocd-main:/ConfigMap:argocd/argocd-cm") ? true : new NotYet(annotations);
      },
      { timeout: 300_000 },
    );
  });

  test("a commit changes a setting, Argo CD applies it, and Pulumi has nothing to say against it", async () => {
    workspace.edit("apps/platform/argocd.ts", "administrators: ", `reconciliation: "90s", administrators: `);
    await argocd.webhook("gitops", await workspace.release("feat: look more often"));
    await waitFor("the setting is applied", async () => {
      const data = await settingsData();
      return data["timeout.reconciliation"] === "90s" ? true : new NotYet(data["timeout.reconciliation"]);
    });
    const { exitCode, output } = await pulumi("preview", "--refresh", "--expect-no-changes");
    expect([exitCode, exitCode === 0 ? "" : output]).toEqual([0, ""]);
  });

  test("a checkout that is ahead of Argo CD changes no setting, whether Pulumi looks at the cluster or not", async () => {
    workspace.edit("apps/platform/argocd.ts", `"90s"`, `"75s"`);
    for (const refresh of [[], ["--refresh"]]) {
      const { exitCode, output } = await pulumi("up", "--yes", "--expect-no-changes", ...refresh);
      expect([exitCode, exitCode === 0 ? "" : output]).toEqual([0, ""]);
    }
    expect(await settingsData()).toMatchObject({ "timeout.reconciliation": "90s" });
    workspace.edit("apps/platform/argocd.ts", `"75s"`, `"90s"`);
  });

  test("a root that somebody deleted comes back by `up --refresh`, protected as it was", async () => {
    await plane.kubectl(["delete", "application", "root", "-n", argocdNamespace]);
    const { exitCode, output } = await pulumi("up", "--yes", "--refresh");
    expect([exitCode, /\+ \d+ created/.exec(output)?.[0]]).toEqual([0, "+ 1 created"]);
    expect(await argocd.application("root")).toBeDefined();
  });

  test("where the context has another name now, `up --refresh` needs `--run-program` to look there", async () => {
    const rename = (from: string, to: string): Promise<string> => plane.kubectl(["config", "rename-context", from, to]);
    await rename(plane.context, "orchard");
    await set("context", "orchard");
    expect((await pulumi("up", "--yes", "--refresh")).exitCode).not.toBe(0);
    const { exitCode, output } = await pulumi("up", "--yes", "--refresh", "--run-program");
    expect([exitCode, exitCode === 0 ? "" : output]).toEqual([0, ""]);
    await rename("orchard", plane.context);
    await set("context", plane.context);
    const back = await pulumi("up", "--yes", "--refresh", "--run-program");
    expect([back.exitCode, back.exitCode === 0 ? "" : back.output]).toEqual([0, ""]);
  });

  test("a plain `destroy` is refused: the root is protected", async () => {
    const { exitCode, output } = await pulumi("destroy", "--yes");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("cannot be deleted");
    expect(await argocd.application("root")).toBeDefined();
  });

  test("consent to tear down must name the control plane, and is void as long as production is delivered", async () => {
    await set("teardown", "mian");
    expect(await bootstrap("destroy", "--yes")).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining("'keelson:teardown' of the stack 'main' must name its control plane, got 'mian'") as unknown,
    });
    await set("teardown", "main");
    for (const command of ["destroy", "up"]) {
      const { exitCode, output } = await bootstrap(command, "--yes");
      expect(exitCode).not.toBe(0);
      expect(output).toContain("production is still delivered by ");
    }
    expect([...(await argocd.applications()).keys()]).toEqual(
      expect.arrayContaining(["root", "root-production", "shop-frontend-production"]),
    );
  });

  test("a teardown empties Argo CD while it runs, removes what the bootstrap made, and leaves production that was handed over", async () => {
    await argocd.sync("shop-frontend-production");
    const frontend = await waitFor("production's frontend is there", async () => {
      return (await uidOf("deployment", "frontend", "shop-production")) || new NotYet(await argocd.application("shop-frontend-production"));
    });
    for (const [kind, name, namespace] of [
      ["namespace", "mlops-sentiment-dev"],
      ["namespace", "remla-dev"],
      ["deployment", "frontend", "shop-dev"],
      ["statefulset", "postgresql", "inventory-system-staging"],
    ] as const) {
      await waitFor(`the ${kind} '${name}' is there`, () => uidOf(kind, name, namespace).then((uid) => uid !== ""));
    }
    const database = await uidOf("statefulset", "postgresql", "inventory-system-staging");
    // as docs/bootstrap.md says it
    await plane.kubectl(["-n", argocdNamespace, "delete", "application", "root", "root-production"]);
    await plane.kubectl(["-n", argocdNamespace, "delete", "applicationset", "-l", "app.kubernetes.io/managed-by=keelson"]);
    await plane.argocd(["app", "delete", "--selector", "keelson.dev/environment=production", "--cascade=false", "--yes"]);

    const up = await bootstrap("up", "--yes", "--skip-preview");
    expect([up.exitCode, up.exitCode === 0 ? "" : up.output]).toEqual([0, ""]);
    const destroyed = bootstrap("destroy", "--yes");
    // data asks for a confirmation; whoever tears down gives it, or keeps the system
    for (let done = false; !done; ) {
      done = await Promise.race([destroyed.then(() => true), confirmDeletions(plane, argocd, "inventory-system-staging")]);
    }
    const { exitCode, output } = await destroyed;
    expect([exitCode, exitCode === 0 ? "" : output]).toEqual([0, ""]);
    const left = await plane.kubectl(["get", "applications,applicationsets,appprojects", "-n", argocdNamespace, "-o", "name"]);
    expect(left.trim()).toBe("appproject.argoproj.io/default");
    expect(await uidOf("secret", "keelson-repository", argocdNamespace)).toBe("");

    expect(await uidOf("deployment", "frontend", "shop-production")).toBe(frontend);
    expect(await uidOf("deployment", "frontend", "shop-dev")).toBe("");
    expect(await uidOf("statefulset", "postgresql", "inventory-system-staging")).toBe(database);
    // the namespace of a system that is one Application goes with it; others stay
    expect(await uidOf("namespace", "mlops-sentiment-dev")).toBe("");
    expect(await uidOf("namespace", "remla-dev")).not.toBe("");
    expect(await uidOf("namespace", "shop-dev")).not.toBe("");
  });
});

/** Confirms every deletion that is under way, but hands one Application over. @returns that more may come */
async function confirmDeletions(plane: ControlPlane, argocd: LiveArgoCd, kept: string): Promise<boolean> {
  for (const { name, deletionTimestamp } of (await argocd.applications()).values()) {
    if (deletionTimestamp === undefined) continue;
    const answer = name === kept ? ["app", "delete", name, "--cascade=false"] : ["app", "confirm-deletion", name];
    // it may be gone meanwhile
    await plane.argocd(answer).catch(() => "");
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return false;
}

function pulumiEnvironment({ environment }: ControlPlane, scratch: string): NodeJS.ProcessEnv {
  return {
    ...environment,
    PATH: [join(projectRoot, "test/e2e/pulumi/bin"), environment.PATH].join(delimiter),
    PULUMI_HOME: join(scratch, "home"),
    PULUMI_BACKEND_URL: `file://${join(scratch, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "orchard",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}
