// `node sum-counts.mjs FOLDER`: all the counts that runs of tests left in a folder, as one line.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { printCounts } from "./print-counts.mjs";

const folder = process.argv[2] ?? ".";
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const file of readdirSync(folder)) {
  const counts = JSON.parse(readFileSync(join(folder, file), "utf8"));
  for (const key of Object.keys(sum)) sum[key] += counts[key];
}
printCounts(sum);
