// In the place of a program that uses the network: records how it was called, and answers what the test said. `npm ci` links the packages that are
// installed here.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";

const [program, ...args] = process.argv.slice(2);
const folder = process.env.STAND_INS;
const calls = join(folder, "calls");
mkdirSync(calls, { recursive: true });
const input = readsInput() ? await text(process.stdin) : "";
const seen = readdirSync(calls).length;
// what the call was given in its environment is seen by nobody else, and no part of the record
writeFileSync(join(calls, `${String(seen).padStart(4, "0")}.json`), JSON.stringify({ program, args, input }));

if (program === "npm" && args[0] === "ci") symlinkSync(process.env.NODE_MODULES, "node_modules", "dir");
const answers = join(folder, "answers.json");
const line = [program, ...args].join(" ");
const rules = existsSync(answers) ? Object.entries(JSON.parse(readFileSync(answers, "utf8"))) : [];
const [, answer = ""] = rules.findLast(([key]) => line.includes(key)) ?? [];
if (answer.startsWith("exit ")) process.exitCode = Number(answer.slice(5));
else process.stdout.write(answer);
// what a build tells of itself
const metadata = args.indexOf("--metadata-file");
if (metadata !== -1 && process.exitCode === undefined) writeFileSync(args[metadata + 1], process.env.BUILD_METADATA ?? "{}");

/** `--input -`, `--body-file -`, `--header @-`, `--password-stdin`; and the password of a key, where no variable says it. */
function readsInput() {
  return (program === "cosign" && args.includes("--key")) || ["-", "@-", "--password-stdin"].some((word) => args.includes(word));
}
