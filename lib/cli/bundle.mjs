import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pid } from "node:process";
import { fileURLToPath } from "node:url";

/** Begins the last line of a bundle, which says what the bundle was made of. */
const stampStart = "\n// this bundle was made of ";

/** What decides about a bundle beside the sources that go into it. */
const settings = ["bundle.mjs", "../../tsconfig.json", "../../package-lock.json"].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** As coarse as file systems keep the times of change, in milliseconds. */
const coarsestTime = 2000;

/**
 * Bundles a TypeScript entry into one file that node runs: a fraction of the start-up time of loading every module by itself.
 * A bundle of the very same sources is left as it is, which is half of the time of a run; sources are compared by content.
 * Written whole or not at all, so that two runs side by side do not meet.
 *
 * @param {string} entry absolute path of the source
 * @param {string} outfile absolute path of the bundle; its source map lies beside it
 */
export async function bundle(entry, outfile) {
  if (isCurrent(outfile)) return;
  const { build } = await import("esbuild");
  const start = Date.now();
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    metafile: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "esm",
    sourcemap: "external",
    sourcesContent: false,
    logLevel: "error",
    // dependencies in CommonJS ask for node's own modules by require
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  const [map, code] = [`${outfile}.map`, outfile].map((file) => outputFiles.find(({ path }) => path === file).contents);
  mkdirSync(dirname(outfile), { recursive: true });
  put(`${outfile}.map`, map);
  const sources = Object.keys(metafile.inputs).map((path) => resolve(path));
  const inputs = [`${outfile}.map`, ...settings, ...sources].filter((path) => existsSync(path));
  // what was saved while the bundle was being made may be in it or not: then it has no stamp, and the next run makes another
  const isSettled = inputs.slice(1).every((path) => statSync(path).mtimeMs < start - coarsestTime);
  put(
    outfile,
    isSettled ? Buffer.concat([code, Buffer.from(`${stampStart}${JSON.stringify({ digest: digestOf(inputs), inputs })}\n`)]) : code,
  );
}

/** Whether a bundle is there, and everything that it was made of is as it was. */
function isCurrent(outfile) {
  if (!existsSync(outfile)) return false;
  const bytes = readFileSync(outfile);
  const start = bytes.lastIndexOf(stampStart);
  if (start < 0) return false;
  const { digest, inputs } = JSON.parse(bytes.subarray(start + stampStart.length).toString());
  return inputs.every((path) => existsSync(path)) && digestOf(inputs) === digest;
}

function digestOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(`${path}\0`).update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

function put(path, content) {
  writeFileSync(`${path}.${pid}`, content);
  renameSync(`${path}.${pid}`, path);
}
