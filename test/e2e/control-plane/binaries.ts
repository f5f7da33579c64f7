import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { compareVersions } from "../../../lib/definition/compare-versions.ts";
import { buildModule } from "./build-module.ts";
import { endToEndFolder } from "./cache-folder.ts";
import { withFolderLock } from "./folder-lock.ts";
import { checkGo } from "./go-toolchain.ts";
import { goEnvironment, moduleRecipes, modulesFolder, recipeSchema, requiredGo, type ModuleRecipe } from "./module-recipes.ts";
import type { Progress } from "./progress.ts";
import { pruneBuilds } from "./prune-builds.ts";
import { Run } from "./run.ts";

/** Prefix of a build that is not finished. */
const unfinished = "unfinished-";

/** What is wanted, and who is told. */
export interface BinariesOptions {
  readonly progress: Progress;
  /** Pulumi's command line too. */
  readonly pulumi: boolean;
  /** The command line of Sealed Secrets too. @default false */
  readonly kubeseal?: boolean;
  /** A container registry too. @default false */
  readonly registry?: boolean;
}

/** Programs and files that were built from the wrapper modules. */
export interface Binaries {
  /** The cached builds that they lie in. */
  readonly builds: readonly string[];
  /** Folders for a PATH. */
  readonly path: readonly string[];
  /** A program, or a file copied from a module. */
  file(module: ModuleRecipe["name"], ...segments: string[]): string;
}

/** Builds what the cache does not hold yet; a second call builds nothing, and needs no Go. */
export async function ensureBinaries({ progress, pulumi, kubeseal = false, registry = false }: BinariesOptions): Promise<Binaries> {
  const recipes = moduleRecipes({ pulumi, kubeseal, registry });
  const folder = buildsFolder();
  mkdirSync(folder, { recursive: true });
  if (missing(recipes).length === 0) progress.say(`nothing to build: ${folder} holds everything`);
  else {
    // before the lock: who cannot build need not wait
    await checkGoFor(missing(recipes));
    await withFolderLock(
      folder,
      () => buildMissing(recipes, progress),
      (pid) => {
        progress.say(`waiting for process ${pid}, which builds`);
      },
    );
  }
  const builds = recipes.map(buildFolder);
  for (const build of builds) utimesSync(build, new Date(), new Date());
  pruneBuilds(folder, builds);
  return {
    builds,
    path: builds.map((build) => join(build, "bin")).filter((path) => readdirSync(path).length > 0),
    file: (module, ...segments) => {
      const recipe = recipes.find(({ name }) => name === module);
      if (recipe === undefined) throw new Error(`'${module}' was not asked for`);
      return join(buildFolder(recipe), ...segments);
    },
  };
}

/** Whether Pulumi's command line is built already. */
export function hasPulumi(): boolean {
  return missing(moduleRecipes({ pulumi: true }).filter(({ name }) => name === "pulumi")).length === 0;
}

/** Where finished builds lie: `<module>-<key>/`. */
export function buildsFolder(): string {
  return join(endToEndFolder(), "builds");
}

/** What a build depends on, in sixteen characters: the module's requirements, how it is built, and for which machine. */
export function contentKey(recipe: ModuleRecipe): string {
  const hash = createHash("sha256");
  const machine = [process.platform, process.arch];
  hash.update(JSON.stringify([recipeSchema, machine, goEnvironment, recipe]));
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(modulesFolder, recipe.name, file)));
  return hash.digest("hex").slice(0, 16);
}

function buildFolder(recipe: ModuleRecipe): string {
  return join(buildsFolder(), `${recipe.name}-${contentKey(recipe)}`);
}

function missing(recipes: readonly ModuleRecipe[]): readonly ModuleRecipe[] {
  return recipes.filter((recipe) => !existsSync(buildFolder(recipe)));
}

/** Asks once, for the module that needs the newest Go: one message, and one upgrade. */
async function checkGoFor(recipes: readonly ModuleRecipe[]): Promise<void> {
  const [newest] = recipes.toSorted((a, b) => compareVersions(requiredGo(b.name), requiredGo(a.name)));
  if (newest !== undefined) await checkGo(requiredGo(newest.name), newest.title);
}

async function buildMissing(recipes: readonly ModuleRecipe[], progress: Progress): Promise<void> {
  // under the lock nobody else builds: what is unfinished was left by a build that was killed
  for (const name of readdirSync(buildsFolder()).filter((entry) => entry.startsWith(unfinished))) {
    rmSync(join(buildsFolder(), name), { recursive: true, force: true });
  }
  const run = Run.create();
  try {
    for (const recipe of missing(recipes)) {
      const temporary = join(buildsFolder(), `${unfinished}${randomBytes(4).toString("hex")}`);
      mkdirSync(temporary);
      await progress.step(`building ${recipe.title}`, () => buildModule(recipe, temporary, run));
      writeFileSync(join(temporary, "recipe.json"), `${JSON.stringify(recipe, null, 2)}\n`);
      renameSync(temporary, buildFolder(recipe));
    }
  } finally {
    await run.stop();
  }
}
