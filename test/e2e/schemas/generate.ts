import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { generatedFiles } from "./generated-files.ts";

// `npm run schemas`: writes lib/schema/generated/ anew from the Go modules that test/e2e/modules/ requires. Needs Go.
const folder = resolve(import.meta.dirname, "../../../lib/schema/generated");
const files = await generatedFiles();
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name));
for (const [name, text] of files) writeFileSync(join(folder, name), text);
const size = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
process.stderr.write(`${files.size} files, ${(size / 1e6).toFixed(2)} MB\n`);
