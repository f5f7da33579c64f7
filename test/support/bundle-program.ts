import { execFileSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { projectRoot } from "./project-copy.ts";

/**
 * Bundles a program as `lib/cli/keelson.mjs` does, but once for all that start it.
 *
 * @param entry - from the project's root
 * @param outfile - where the bundle goes
 */
export function bundleProgram(entry: string, outfile: string): void {
  const bundler = join(projectRoot, "lib/cli/bundle.mjs");
  const script = `const { bundle } = await import(${JSON.stringify(bundler)}); await bundle(...process.argv.slice(1));`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script, join(projectRoot, entry), outfile]);
}
