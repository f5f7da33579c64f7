import type { ChildProcess } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import process from "node:process";
import { goEnvironment, modulesFolder, type ModuleRecipe } from "./module-recipes.ts";
import type { Run } from "./run.ts";

/** One module as `go mod download -json` prints it. */
interface DownloadedModule {
  readonly Path: string;
  readonly Dir: string;
}

/**
 * Builds what a recipe says into an empty folder: programs in `bin/`, copies in `files/`.
 *
 * @param run - where Go's own processes are recorded, and their logs are kept
 * @throws Error with the end of Go's output
 */
export async function buildModule(recipe: ModuleRecipe, folder: string, run: Run): Promise<void> {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const cwd = join(modulesFolder, recipe.name);
  if (recipe.variables !== undefined) {
    const flags = ["-s", "-w", ...Object.entries(recipe.variables).map(([name, value]) => `-X ${name}=${value}`)].join(" ");
    await go(run, `build-${recipe.name}`, ["install", "-pgo=off", `-ldflags=${flags}`, "tool"], cwd, { GOBIN: bin });
  }
  for (const [from, to] of Object.entries(recipe.rename ?? {})) renameSync(join(bin, from), join(bin, to));
  for (const [program, links] of Object.entries(recipe.links ?? {})) for (const link of links) symlinkSync(program, join(bin, link));
  for (const [name, text] of Object.entries(recipe.scripts ?? {})) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  if (recipe.copies !== undefined) await copyFromModules(recipe, recipe.copies, cwd, join(folder, "files"), run);
}

async function copyFromModules(
  recipe: ModuleRecipe,
  copies: NonNullable<ModuleRecipe["copies"]>,
  cwd: string,
  target: string,
  run: Run,
): Promise<void> {
  const log = `download-${recipe.name}`;
  await go(run, log, ["mod", "download", "-json", ...copies.map(({ module }) => module)], cwd, {});
  const printed = readFileSync(run.logPath(log), "utf8");
  // objects one after the other, and Go's own remarks before them
  const modules = [...printed.matchAll(/^\{$[\s\S]*?^\}$/gm)].map(([text]) => JSON.parse(text) as DownloadedModule);
  for (const { module, paths } of copies) {
    const found = modules.find(({ Path }) => Path === module);
    if (found === undefined) throw new Error(`go mod download said nothing of ${module}:\n${printed}`);
    for (const path of paths) {
      const from = join(found.Dir, path);
      if (!existsSync(from)) throw new Error(`${module} has no '${path}'`);
      cpSync(from, join(target, basename(path)), { recursive: true });
      makeWritable(join(target, basename(path)));
    }
  }
}

/** Go's module cache is read-only, folders too: a copy like that could not be removed. */
function makeWritable(path: string): void {
  const { mode } = lstatSync(path);
  chmodSync(path, mode | 0o200);
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) makeWritable(join(path, name));
}

/** Runs Go in a group of its own, so that its compilers end with it. */
async function go(run: Run, name: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const own = { ...goEnvironment, GOTMPDIR: run.makeFolder("tmp"), ...env };
  const child = run.start({ name, program: "go", args, cwd, env: { ...process.env, ...own } });
  const code = await exitCode(child);
  if (code !== 0) throw new Error(`go ${args[0] ?? ""} failed in test/e2e/modules/${basename(cwd)}:\n${run.logTail(name)}`);
}

function exitCode(child: ChildProcess): Promise<number | null> {
  child.ref();
  return new Promise((resolve) => {
    child.once("exit", resolve);
  });
}
