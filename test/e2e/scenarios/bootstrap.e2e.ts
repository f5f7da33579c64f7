import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { env } from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { projectRoot } from "../../support/project-copy.ts";
import { type ControlPlane, startControlPlane } from "../control-plane/control-plane.ts";
import { eventually, NotYet } from "../eventually.ts";
import { createWorkspace, type GitOpsWorkspace } from "../gitops-workspace.ts";
import { LiveArgoCd } from "../live-argocd.ts";

interface Outcome {
  readonly exitCode: number;
  /** Everything that it said. */
  readonly output: string;
}

// Pulumi's own command line and engine on the project's folder, against a real API server. Two parts of Pulumi cannot be built from Go modules, and are
// stood in for: see test/e2e/pulumi. Argo CD's own settings are made here, so somebody else's cluster is no place for it.
const ownControlPlane = env.KEELSON_E2E_KUBECONFIG === undefined ? describe : describe.skip;

ownControlPlane("the bootstrap by Pulumi, in a control plane of our own", () => {
  let plane: ControlPlane;
  let workspace: GitOpsWorkspace;
  let argocd: LiveArgoCd;
  let scratch: string;

  const run = (program: string, ...args: string[]): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      const options = { cwd: workspace.folder, env: pulumiEnvironment(plane, scratch), maxBuffer: 1 << 26 };
      const child = execFile(program, args, options, (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== "number") reject(new Error(`${program} did not run`, { cause: error }));
        else resolve({ exitCode: Number(error?.code ?? 0), output: stdout + stderr });
      });
      child.stdin?.end();
    });
  const pulumi = (...args: string[]): Promise<Outcome> => run("pulumi", ...args, "--non-interactive", "--color", "never");
  const set = async (key: string, value: string, ...options: string[]): Promise<void> => {
    const { exitCode, output } = await pulumi("config", "set", ...options, `keelson:${key}`, value);
    if (exitCode !== 0) throw new Error(output);
  };
  const settingsData = async (): Promise<Record<string, string>> =>
    JSON.parse(await plane.kubectl(["get", "configmap", "argocd-cm", "-n", "argocd", "-o", "jsonpath={.data}"])) as Record<string, string>;

  beforeAll(async () => {
    plane = await startControlPlane({ argocd: false, settings: false });
    argocd = new LiveArgoCd(plane);
    scratch = mkdtempSync(join(tmpdir(), "keelson-pulumi-"));
    mkdirSync(join(scratch, "state"));
    workspace = await createWorkspace(plane.git, "gitops");
    rmSync(join(workspace.folder, "Pulumi.main.yaml"), { force: true });
    await workspace.release("feat: everything");
    await plane.kubectl(["create", "namespace", "external-secrets"]);
    const { exitCode, output } = await pulumi("stack", "init", "main");
    if (exitCode !== 0) throw new Error(output);
  });

  afterAll(async () => {
    workspace.remove();
    rmSync(scratch, { recursive: true });
    await plane.stop();
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

  test("a preview changes nothing", async () => {
    expect((await pulumi("preview")).output).toContain("+ 9 to create");
    await expect(plane.kubectl(["get", "configmap", "argocd-cm", "-n", "argocd"])).rejects.toThrow("NotFound");
  });

  test("`up` makes Argo CD's settings, the repository's Secret and the root, as they stand in the output folder", async () => {
    const { exitCode, output } = await pulumi("up", "--yes");
    expect([exitCode, /\+ \d+ created/.exec(output)?.[0]]).toEqual([0, "+ 9 created"]);
    const drift = await plane.kubectl(["diff", "--server-side", "--force-conflicts", "-f", join(workspace.folder, "dist/bootstrap/main")]);
    expect(drift).toBe("");
    expect(await settingsData()).toMatchObject({ "timeout.reconciliation": "120s" });
    const password = await plane.kubectl(["get", "secret", "keelson-repository", "-n", "argocd", "-o", "jsonpath={.data.password}"]);
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
    await eventually(
      "the root is Synced",
      async () => {
        const root = await argocd.application("root");
        return root?.syncStatus === "Synced" ? true : new NotYet(root);
      },
      { seconds: 300 },
    );
    await eventually(
      "Argo CD keeps argocd-cm",
      async () => {
        const annotations = await plane.kubectl([
          "get",
          "configmap",
          "argocd-cm",
          "-n",
          "argocd",
          "-o",
          "jsonpath={.metadata.annotations}",
        ]);
        return annotations.includes("platform-argocd-main:/ConfigMap:argocd/argocd-cm") ? true : new NotYet(annotations);
      },
      { seconds: 300 },
    );
  });

  test("a commit changes a setting, Argo CD applies it, and Pulumi has nothing to say against it", async () => {
    workspace.edit("apps/platform/argocd.ts", "administrators: ", `reconciliation: "90s", administrators: `);
    await argocd.webhook("gitops", await workspace.release("feat: look more often"));
    await eventually("the setting is applied", async () => {
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
    await plane.kubectl(["delete", "application", "root", "-n", "argocd"]);
    const { exitCode, output } = await pulumi("up", "--yes", "--refresh");
    expect([exitCode, /\+ \d+ created/.exec(output)?.[0]]).toEqual([0, "+ 1 created"]);
    expect(await argocd.application("root")).toBeDefined();
  });

  test("a plain `destroy` is refused: the root is protected", async () => {
    const { exitCode, output } = await pulumi("destroy", "--yes");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("cannot be deleted");
    expect(await argocd.application("root")).toBeDefined();
  });

  test("consent to tear down must name the control plane, and is void as long as production is delivered", async () => {
    await set("teardown", "mian");
    expect(await run("npm", "run", "--silent", "bootstrap", "--", "destroy", "--yes")).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining("'keelson:teardown' of the stack 'main' must name its control plane, got 'mian'") as unknown,
    });
    await set("teardown", "main");
    for (const command of ["destroy", "up"]) {
      const { exitCode, output } = await run("npm", "run", "--silent", "bootstrap", "--", command, "--yes");
      expect(exitCode).not.toBe(0);
      expect(output).toContain("production is still delivered by ");
    }
    expect([...(await argocd.applications()).keys()]).toEqual(
      expect.arrayContaining(["root", "root-production", "shop-frontend-production"]),
    );
  });

  test("without production a teardown empties Argo CD while it runs, and then removes what the bootstrap made", async () => {
    const remove = (...args: string[]): Promise<string> => plane.kubectl(["delete", "--namespace", "argocd", ...args]);
    await remove("application", "root", "root-production");
    await remove("applicationset", "--all");
    await remove("application", "--selector", "keelson.dev/environment=production");
    const up = await run("npm", "run", "--silent", "bootstrap", "--", "up", "--yes", "--skip-preview");
    expect([up.exitCode, up.exitCode === 0 ? "" : up.output]).toEqual([0, ""]);
    const destroyed = run("npm", "run", "--silent", "bootstrap", "--", "destroy", "--yes");
    // data asks for a confirmation; whoever tears down gives it
    for (let done = false; !done; ) {
      done = await Promise.race([destroyed.then(() => true), confirmDeletions(plane, argocd)]);
    }
    const { exitCode, output } = await destroyed;
    expect([exitCode, exitCode === 0 ? "" : output]).toEqual([0, ""]);
    const left = await plane.kubectl(["get", "applications,applicationsets,appprojects", "-n", "argocd", "-o", "name"]);
    expect(left).toBe("");
    await expect(plane.kubectl(["get", "secret", "keelson-repository", "-n", "argocd"])).rejects.toThrow("NotFound");
  });
});

/** Confirms every deletion that is under way. @returns that more may come */
async function confirmDeletions(plane: ControlPlane, argocd: LiveArgoCd): Promise<boolean> {
  for (const { name, deletionTimestamp } of (await argocd.applications()).values()) {
    // it may be gone meanwhile
    if (deletionTimestamp !== undefined) await plane.argocd(["app", "confirm-deletion", name]).catch(() => "");
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
