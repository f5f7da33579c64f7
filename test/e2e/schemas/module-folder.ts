import { execFileSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { goEnvironment, modulesFolder, type ModuleRecipe } from "../control-plane/module-recipes.ts";

/** Where Go keeps the module that a wrapper module requires; fetched when it is not there. */
export function moduleFolder(name: ModuleRecipe["name"], module: string): string {
  const printed = execFileSync("go", ["mod", "download", "-json", module], {
    cwd: join(modulesFolder, name),
    env: { ...process.env, ...goEnvironment },
    encoding: "utf8",
  });
  return (JSON.parse(printed) as { readonly Dir: string }).Dir;
}
