import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, jest, test } from "@jest/globals";
import { projectRoot } from "../support/project-copy.ts";
import { actions, gitlabFiles, type GitlabJob, scripts, type Step, workflows } from "./pipeline-files.ts";

jest.setTimeout(180_000);

interface LintedFile {
  readonly path: string;
  readonly kind: "workflow" | "action" | "script";
  readonly text: string;
}

interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** By actionlint, by GitHub's own parser, and by ShellCheck. */
function lint(files: readonly LintedFile[]): Finding[] {
  const program = join(import.meta.dirname, "lint.mjs");
  return JSON.parse(execFileSync("node", [program], { input: JSON.stringify(files), encoding: "utf8", maxBuffer: 1 << 26 })) as Finding[];
}

/** Several scripts as one, each in a shell of its own, since a linter takes longest to start. What is found is found again by its name. */
function joined(path: string, parts: readonly (readonly [name: string, script: string])[]): LintedFile {
  // GitLab's runner and GitHub's shell stop at the first command that fails; what stands in single quotes there is for a shell that git starts
  const start = "#!/usr/bin/env bash\n# shellcheck disable=SC2016,SC2030,SC2031\nset -eo pipefail\n";
  return { path, kind: "script", text: `${start}${parts.map(([name, script]) => `(\n# ${name}\n${script}\n)\n`).join("")}` };
}

/** What steps of GitHub run. */
function runsOf(name: string, steps: readonly Step[]): [string, string][] {
  return steps.flatMap(({ run }) => (run === undefined ? [] : [[name, run] as [string, string]]));
}

/** What a job of GitLab runs, in one shell; inputs are put in before a shell sees them. */
function scriptOf(name: string, { before_script: before = [], script = [] }: GitlabJob): [string, string][] {
  const lines = [...before, ...script].filter((line) => typeof line === "string").map((line) => line.replaceAll(/\$\[\[.*?\]\]/g, "input"));
  return lines.length === 0 ? [] : [[name, lines.join("\n")]];
}

const runs = [
  ...workflows.flatMap(({ path, jobs }) => Object.entries(jobs).flatMap(([name, { steps }]) => runsOf(`${path}#${name}`, steps))),
  ...actions.flatMap(({ path, steps }) => runsOf(path, steps)),
];
const gitlabScripts = gitlabFiles.flatMap(({ path, jobs }) =>
  Object.entries(jobs).flatMap(([name, job]) => scriptOf(`${path}#${name}`, job)),
);

const linted: LintedFile[] = [
  ...workflows.map(({ path, text }) => ({ path, kind: "workflow" as const, text })),
  ...actions.map(({ path, text }) => ({ path, kind: "action" as const, text })),
  ...scripts.map(({ path, text }) => ({ path, kind: "script" as const, text })),
  joined("GitHub", runs),
  joined("GitLab", gitlabScripts),
];

test("workflows, actions and every script in them pass the linters", () => {
  expect([linted.length > 25, runs.length > 20, gitlabScripts.length > 10]).toEqual([true, true, true]);
  expect(lint(linted)).toEqual([]);
});

test("each linter finds what is wrong", () => {
  const [workflow, action] = [workflows.find(({ name }) => name === "check"), actions[0]];
  if (workflow === undefined || action === undefined) throw new Error("no workflows");
  const broken: LintedFile[] = [
    // an expression that names no context
    { path: "expression", kind: "workflow", text: workflow.text.replace("github.event.pull_request.number ||", "github.evnt.number ||") },
    // a keyword that no workflow has
    { path: "keyword", kind: "workflow", text: workflow.text.replace("runs-on:", "run-on:") },
    { path: "action", kind: "action", text: action.text.replace("using: composite", "using: composition") },
    { path: "script", kind: "script", text: '#!/usr/bin/env bash\nrm -r $1/dist\necho "$unset"\n' },
  ];
  const found = lint(broken);
  for (const { path } of broken) expect([path, found.some((finding) => finding.path === path)]).toEqual([path, true]);
});

test("every script can be parsed by the shell that runs it, every program by node", () => {
  for (const { path, text } of linted.filter(({ kind }) => kind === "script")) {
    const { stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
    expect([path, stderr]).toEqual([path, ""]);
  }
  const kit = join(projectRoot, ".ci/kit");
  const programs = readdirSync(kit).filter((name) => name.endsWith(".mjs"));
  expect(programs.length).toBeGreaterThan(0);
  for (const name of programs) execFileSync("node", ["--check", join(kit, name)], { stdio: "pipe" });
});
