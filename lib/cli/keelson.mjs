#!/usr/bin/env node
// What `npx keelson` and the npm scripts start: bundles main.ts (some 0.1 s; types are checked by `npm run check`, not here) and runs it.
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";

const outfile = new URL("../../build/cli/main.mjs", import.meta.url);
await bundle(fileURLToPath(new URL("main.ts", import.meta.url)), fileURLToPath(outfile));
await import(outfile.href);
