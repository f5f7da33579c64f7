#!/usr/bin/env node
// What `npx keelson` and the npm scripts start: bundles main.ts (some 0.1 s; types are checked by `npm run types`, not here) and runs it.
import process from "node:process";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";

const outfile = new URL("../../build/cli/main.mjs", import.meta.url);
if (await isBundled()) await import(outfile.href);
else process.exitCode = 2;

/** `false` where a source cannot be read or parsed; esbuild has said then what and where. */
async function isBundled() {
  try {
    await bundle(fileURLToPath(new URL("main.ts", import.meta.url)), fileURLToPath(outfile));
    return true;
  } catch (error) {
    if (Array.isArray(error.errors)) return false;
    throw error;
  }
}
