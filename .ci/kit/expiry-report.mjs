// Prints what is due, of the report of `keelson validate --output json` on standard input, as the text of an issue; nothing where nothing is.
import process from "node:process";
import { json } from "node:stream/consumers";

const { issues } = await json(process.stdin);
const due = issues.filter(({ severity, rule }) => severity === "error" || /^(waiver|holds?|break-glass)/.test(rule));
const lines = due.map(({ severity, rule, message, place, file }) => {
  const where = place ?? file;
  return `${severity} ${rule}: ${message}${where === undefined ? "" : ` (${where})`}`;
});
const longest = Math.max(2, ...[...lines.join("\n").matchAll(/`+/g)].map(([run]) => run.length));
const fence = "`".repeat(longest + 1);
if (lines.length > 0) process.stdout.write(`${[fence, ...lines, fence].join("\n")}\n`);
