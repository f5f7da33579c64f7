import { existsSync, mkdirSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect, test } from "@jest/globals";
import { UserError } from "../../../lib/errors/user-error.ts";
import { buildsFolder, contentKey, ensureBinaries } from "./binaries.ts";
import { moduleRecipes, type ModuleRecipe } from "./module-recipes.ts";
import { noProgress } from "./progress.ts";
import { pruneBuilds } from "./prune-builds.ts";
import { Run } from "./run.ts";
import { useTemporaryCache } from "./temporary-cache.ts";

useTemporaryCache();

test("the key of a build changes with how it is built, and with nothing of another module", () => {
  const kube = recipe("kube");
  expect(contentKey(kube)).toMatch(/^[0-9a-f]{16}$/);
  expect(contentKey(recipe("kube"))).toBe(contentKey(kube));
  expect(contentKey({ ...kube, variables: { "main.version": "v2" } })).not.toBe(contentKey(kube));
  // the same recipe over another go.mod
  expect(contentKey({ ...kube, name: "tools" })).not.toBe(contentKey(kube));
});

test("what the cache holds is not built again, without Go too", async () => {
  holdEverything();
  process.env.PATH = "";
  const said: string[] = [];
  const binaries = await ensureBinaries({ pulumi: true, progress: { ...noProgress, say: (line) => said.push(line) } });
  expect(said).toEqual([`nothing to build: ${buildsFolder()} holds everything`]);
  expect(binaries.file("kube", "bin", "kubectl")).toBe(join(buildsFolder(), `kube-${contentKey(recipe("kube"))}`, "bin/kubectl"));
});

test("without Go the message says which version is needed, where to get it, and how to do without", async () => {
  process.env.PATH = "";
  const error = await ensureBinaries({ pulumi: false, progress: noProgress }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UserError);
  const { message, hint } = error as UserError;
  expect(message).toMatch(/^Go 1\.\d+\.\d+ or newer is needed to build Argo CD 3\.\d+\.\d+, and no 'go' is on the PATH$/);
  expect(hint).toBe(
    "install it from https://go.dev/dl/, or name a cluster with Argo CD in KEELSON_E2E_KUBECONFIG: then no control plane is built",
  );
  expect(readdirSync(buildsFolder())).toEqual([]);
});

test("a build is removed after 30 days without use, unless a process was started from it", async () => {
  const builds = ["kube-0000000000000001", "kube-0000000000000002", "kube-0000000000000003", "kube-0000000000000004"].map((name) =>
    join(buildsFolder(), name),
  );
  const [fresh, old, oldInUse, oldWanted] = builds as [string, string, string, string];
  for (const build of builds) mkdirSync(build, { recursive: true });
  const before = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
  for (const build of [old, oldInUse, oldWanted]) utimesSync(build, before, before);
  const run = Run.create();
  run.uses([oldInUse]);
  run.start({ name: "server", program: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"] });
  pruneBuilds(buildsFolder(), [oldWanted]);
  const left = builds.map((build) => existsSync(build));
  await run.stop();
  expect(left).toEqual([true, false, true, true]);
  pruneBuilds(buildsFolder(), [oldWanted]);
  expect(existsSync(oldInUse)).toBe(false);
  expect(existsSync(fresh)).toBe(true);
});

function recipe(name: ModuleRecipe["name"]): ModuleRecipe {
  return moduleRecipes({ pulumi: true }).find((one) => one.name === name)!;
}

function holdEverything(): void {
  for (const one of moduleRecipes({ pulumi: true })) {
    mkdirSync(join(buildsFolder(), `${one.name}-${contentKey(one)}`, "bin"), { recursive: true });
  }
}
