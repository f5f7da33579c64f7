import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, jest, test } from "@jest/globals";
import { createWorkspace, type GitOpsWorkspace, orchardDefinitions } from "../../e2e/gitops-workspace.ts";

// real processes, which bundle and render a copy of this project with the definitions of the orchard
jest.setTimeout(120_000);

const podinfo = "ghcr.io/stefanprodan/podinfo";
const overlays = "environments/dev/overlays.ts";
const budget = "disruptionBudget: DisruptionBudget.maxUnavailable(1)";
const folder = "dist/dev/main/orchard/storefront";
const takeBack = ["rollback", "orchard/storefront", "--environment", "dev", "--include-config"] as const;
const bare = mkdtempSync(join(tmpdir(), "keelson-orchard-"));

let workspace: GitOpsWorkspace;
let first: string;
const head = (): string => workspace.git("rev-parse", "HEAD").trim();
const treeOf = (commit: string, path = folder): string => workspace.git("rev-parse", `${commit}:${path}`).trim();
const worktrees = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("keelson-rollback-"));
let before: readonly string[];

/** A commit whose generated files follow; with `tag` the storefront's pin moves as well. */
async function changed(
  message: string,
  edits: readonly (readonly [path: string, before: string, after: string])[],
  tag?: string,
): Promise<string> {
  for (const [path, text, after] of edits) workspace.edit(path, text, after);
  if (tag !== undefined) workspace.pin("dev", "orchard/storefront", `${podinfo}:${tag}`);
  return workspace.release(message);
}

/** Refused with these words, and nothing is left of the attempt. */
async function refused(argv: readonly string[], ...words: readonly string[]): Promise<void> {
  const tip = head();
  const { exitCode, stdout, stderr } = await workspace.keelson(argv);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  for (const word of words) expect(stderr).toContain(word);
  expect(head()).toBe(tip);
  expect(workspace.git("status", "--short")).toBe("");
}

beforeAll(async () => {
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", bare]);
  const server = {
    credentials: { username: "grower", password: "none" },
    url: () => bare,
    folder: () => bare,
    createRepository: () => Promise.resolve(),
  };
  workspace = await createWorkspace(server, "orchard", { definitions: orchardDefinitions });
  // as people have it who read patches by eye
  for (const [name, value] of Object.entries({
    "diff.noprefix": "true",
    "color.diff": "always",
    "diff.context": "0",
    "apply.whitespace": "error",
  }))
    workspace.git("config", name, value);
  first = await workspace.release("feat: the first harvest");
  before = worktrees();
});
afterEach(() => {
  expect(workspace.git("worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(worktrees()).toEqual(before);
  workspace.git("reset", "--quiet", "--hard", first);
  workspace.git("push", "--quiet", "--force", "origin", "HEAD:main");
});
afterAll(() => {
  workspace.remove();
  rmSync(bare, { recursive: true, force: true });
});

test("takes back what changed the service's manifests, and nothing else; the manifests are those of then, byte for byte", async () => {
  const scale = await changed("feat(dev): a pause", [[overlays, budget, `minReadySeconds: 3, ${budget}`]]);
  const courier = await changed("feat(orchard): two couriers", [["apps/orchard/courier.ts", "replicas: 1", "replicas: 2"]]);
  await changed("deploy: storefront 6.9.1 to dev", [], "6.9.1");
  const winter = await changed(
    "feat(dev): winter",
    [[overlays, "minReadySeconds: 3, ", 'minReadySeconds: 4, config: { SEASON: "winter" }, ']],
    "6.9.2",
  );
  const { exitCode, stdout, stderr } = await workspace.keelson([...takeBack, "--to", first, "--no-hold", "--commit"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toContain(`back to 6.9.0: chosen as the commit ${first.slice(0, 7)}; nobody saw it healthy
  orchard/storefront: ${podinfo}:6.9.2 → ${podinfo}:6.9.0
  takes back ${winter.slice(0, 7)} (feat(dev): winter)
  takes back ${scale.slice(0, 7)} (feat(dev): a pause)
  changes ${overlays}
  changes environments/dev/images.yaml
updated `);
  expect(treeOf("HEAD")).toBe(treeOf(first));
  expect(treeOf("HEAD", overlays)).toBe(treeOf(first, overlays));
  expect(treeOf("HEAD", "dist/dev/main/orchard/courier")).toBe(treeOf(courier, "dist/dev/main/orchard/courier"));
  expect(workspace.git("log", "-1", "--format=%s%n%P").trim().split("\n")).toEqual(["rollback: storefront to 6.9.0", winter]);
  expect(workspace.git("status", "--short")).toBe("");
  expect(await workspace.keelson(["synth", "--check"])).toMatchObject({ exitCode: 0 });
});

test("what others run is named and refused, unless they may change; what needs a review is not pushed", async () => {
  const winter = await changed("feat(orchard): winter", [["apps/orchard/storefront.ts", '"autumn"', '"winter"']], "6.9.1");
  const others = ["config-map-storefront-config.yaml", "deployment-storefront.yaml"].map(
    (name) => `dist/production/main/orchard/storefront/${name}`,
  );
  await refused(
    [...takeBack, "--commit"],
    `error: taking the configuration back changes 2 files of others: '${others.join("', '")}'\n`,
    `look at ${winter.slice(0, 7)} (feat(orchard): winter); --allow-others lets them change too`,
  );
  await refused([...takeBack, "--allow-others", "--no-hold", "--push"], `error: '${others[0] ?? ""}' takes pull requests\n`);
  const { stdout } = await workspace.keelson([...takeBack, "--allow-others", "--commit", "--output", "json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: "committed",
    rollback: { takesBack: { commits: [{ id: winter }], others }, hold: { targets: ["orchard/storefront"] } },
  });
  expect(treeOf("HEAD")).toBe(treeOf(first));
  expect(treeOf("HEAD", "dist/production")).toBe(treeOf(first, "dist/production"));
  expect(workspace.read("dist/argocd/main/dev/applications/orchard-storefront-dev.yaml")).toContain("rolled back to 6.9.0");
});

test("what later changes meet cannot be taken back", async () => {
  const scale = await changed("feat(dev): a pause", [[overlays, budget, `minReadySeconds: 3, ${budget}`]], "6.9.1");
  workspace.edit(overlays, `minReadySeconds: 3, ${budget}`, `minReadySeconds: 3 /* for the caches */, ${budget}`);
  workspace.push("docs: why a pause");
  await refused(
    [...takeBack, "--commit"],
    `error: what ${scale.slice(0, 7)} (feat(dev): a pause) changed cannot be taken back: later changes meet it in '${overlays}'\n`,
    `git show ${scale.slice(0, 7)}`,
  );
});

test("definitions of then that do not render any more are refused", async () => {
  await changed(
    "feat(dev): no budget",
    [[overlays, `overlay(storefront, { ${budget} })`, "overlay(storefront, { minReadySeconds: 3 })"]],
    "6.9.1",
  );
  workspace.edit(overlays, 'import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";\n', "");
  workspace.push("chore: an import that nothing needs");
  await refused(
    [...takeBack, "--commit"],
    "error: the definitions of then do not render: ",
    "DisruptionBudget is not defined",
    "(feat(dev): no budget)",
  );
});

test("manifests that no definition gave do not come back", async () => {
  workspace.edit(`${folder}/deployment-storefront.yaml`, "replicas: 2", "replicas: 5");
  const byHand = workspace.push("fix: straight into dist/");
  const clean = await changed("deploy: storefront 6.9.1 to dev", [], "6.9.1");
  await refused(
    [...takeBack, "--commit"],
    `error: the configuration of ${byHand.slice(0, 7)} does not come back: '${folder}/deployment-storefront.yaml' would differ\n`,
    `look at ${clean.slice(0, 7)} (deploy: storefront 6.9.1 to dev)`,
  );
});
