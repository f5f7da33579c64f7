import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { requiredChecks } from "../../lib/ownership/branch-ruleset.ts";
import { projectRoot } from "../support/project-copy.ts";
import { actions, type Step, type Workflow, workflows } from "./pipeline-files.ts";

/** Every step of every workflow and action, with where it stands. */
const steps: readonly (Step & { readonly where: string })[] = [
  ...workflows.flatMap(({ path, jobs }) =>
    Object.entries(jobs).flatMap(([job, { steps: own }]) => own.map((step) => ({ ...step, where: `${path}#${job}` }))),
  ),
  ...actions.flatMap(({ path, steps: own }) => own.map((step) => ({ ...step, where: path }))),
];

function workflow(name: string): Workflow {
  const found = workflows.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no workflow '${name}'`);
  return found;
}

test("there are the workflows that the documentation names, and no others", () => {
  const text = readFileSync(join(projectRoot, "docs/continuous-integration.md"), "utf8");
  for (const { path } of workflows) expect([path, text.includes(`\`${path}\``)]).toEqual([path, true]);
  const named = [...text.matchAll(/`\.github\/(workflows|actions)\/([\w-]+)(\.yaml)?/g)].map(([whole]) => whole.slice(1));
  for (const path of named) expect([path, existsSync(join(projectRoot, path))]).toEqual([path, true]);
});

test("a workflow is named after its file", () => {
  for (const { path, name } of workflows) expect(path).toBe(`.github/workflows/${name}.yaml`);
});

test("everything of others is pinned by a commit, with its version beside it", () => {
  const used = [...workflows, ...actions].flatMap(({ text }) =>
    [...text.matchAll(/^ *(?:- )?uses: (.*)$/gm)].map(([, what]) => what ?? ""),
  );
  expect(used.length).toBeGreaterThan(20);
  for (const what of used) expect(what).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test("one action is pinned to one version everywhere", () => {
  const used = new Map<string, Set<string>>();
  for (const { uses = "" } of steps.filter((step) => step.uses !== undefined)) {
    const [name = "", commit = ""] = uses.split("@");
    used.set(name, (used.get(name) ?? new Set()).add(commit));
  }
  for (const [name, commits] of used) expect([name, commits.size]).toEqual([name, 1]);
});

test("every workflow says what it may do, and never everything", () => {
  for (const { path, permissions, jobs } of workflows) {
    const all = [permissions, ...Object.values(jobs).map((job) => job.permissions ?? {})];
    for (const granted of all) expect([path, typeof granted]).toEqual([path, "object"]);
    // what may write stands on the job that needs it
    expect([path, Object.values(permissions ?? {}).filter((access) => access === "write")]).toEqual([path, []]);
  }
});

test("every job ends, and runs of a workflow that changes something are ordered", () => {
  for (const { path, jobs, concurrency } of workflows) {
    for (const job of Object.values(jobs)) expect([path, (job["timeout-minutes"] ?? 999) <= 30]).toEqual([path, true]);
    expect([path, typeof concurrency?.group]).toEqual([path, "string"]);
  }
});

test("no text of others is put into a script: it comes by the environment", () => {
  for (const { where, run = "" } of steps) expect([where, run.match(/\$\{\{.*?\}\}/g)]).toEqual([where, null]);
});

test("checkouts leave no credentials behind", () => {
  const checkouts = steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
  expect(checkouts.length).toBeGreaterThan(8);
  for (const step of checkouts) expect([step.where, step.with?.["persist-credentials"]]).toEqual([step.where, false]);
});

test("what runs the code of pull requests has no secrets and writes nothing", () => {
  const running = workflows.filter(({ on }) => "pull_request" in on || "merge_group" in on);
  expect(running.map(({ name }) => name)).toEqual(["check"]);
  for (const { text, permissions, jobs } of running) {
    expect(text).not.toMatch(/secrets\.|github\.token|id-token/);
    expect(permissions).toEqual({ contents: "read" });
    for (const job of Object.values(jobs)) expect(job.permissions).toBeUndefined();
  }
});

test("nothing runs with the rights of the repository for a stranger's event", () => {
  for (const { path, on } of workflows) {
    for (const event of ["pull_request_target", "issue_comment", "issues", "pull_request_review"])
      expect([path, event in on]).toEqual([path, false]);
  }
});

test("the comment is written from the default branch, by what only reads the report", () => {
  const { on, jobs, permissions } = workflow("review-comment");
  expect(on).toEqual({ workflow_run: { workflows: ["check"], types: ["completed"] } });
  expect(permissions).toEqual({});
  const own = jobs.comment?.steps ?? [];
  for (const { uses = "", with: options } of own.filter(({ uses: used = "" }) => used.startsWith("actions/checkout@"))) {
    expect([uses.length > 0, options?.ref]).toEqual([true, "${{ github.event.repository.default_branch }}"]);
  }
  // neither packages of the pull request nor scripts of the report
  expect(own.flatMap(({ run }) => run ?? [])).toEqual(['bash .ci/kit/review-comment.sh "$RUNNER_TEMP/review"']);
});

test("the required check runs on pull requests and on what the queue merges, by the name that the ruleset asks for", () => {
  const { on, jobs } = workflow("check");
  expect(Object.keys(on)).toEqual(expect.arrayContaining(["pull_request", "merge_group"]));
  expect(requiredChecks.length).toBeGreaterThan(0);
  for (const name of requiredChecks) {
    const job = Object.values(jobs).find((candidate) => candidate.name === name);
    // a check that is left out counts as passed
    expect([name, job?.if]).toEqual([name, undefined]);
    expect(job?.steps.map(({ run }) => run)).toContain("npm run check");
  }
});

test("credentials of a cluster are in the emergency job alone, behind an environment that people approve", () => {
  for (const { name, text } of workflows) expect([name, /kubeconfig|kubectl/i.test(text)]).toEqual([name, name === "emergency"]);
  for (const { path, text } of actions) expect([path, /kubeconfig|kubectl/i.test(text)]).toEqual([path, false]);
  const job = workflow("emergency").jobs.emergency;
  expect([job?.environment, job?.if]).toEqual(["emergency-${{ inputs.environment }}", "inputs.emergency == 'yes'"]);
});

test("the emergency asks for what the commit has to say", () => {
  const { inputs } = workflow("emergency").on.workflow_dispatch as { inputs: Record<string, { required?: boolean; default?: string }> };
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(["environment", "image_tag", "emergency", "reason", "ticket"]));
  expect(inputs.emergency).toMatchObject({ type: "choice", options: ["no", "yes"], default: "no" });
});

test("tokens that write come from the App, out of an environment, and only in workflows that people or the App start", () => {
  for (const { name, text, jobs, on } of workflows.filter((candidate) => candidate.text.includes("secrets.KEELSON_APP_PRIVATE_KEY"))) {
    for (const job of Object.values(jobs))
      expect([name, job.environment]).toEqual([name, expect.stringMatching(/^(gitops|emergency-.*)$/)]);
    expect([name, Object.keys(on).every((event) => ["workflow_dispatch", "repository_dispatch"].includes(event))]).toEqual([name, true]);
    expect([name, text.includes("pull_request")]).toEqual([name, false]);
  }
});

test("no commit loops, and no commit that skips required checks", () => {
  for (const { path, text, on, jobs } of workflows) {
    expect([path, /\[(skip ci|ci skip)\]/.test(text)]).toEqual([path, false]);
    const commits = Object.values(jobs).some(({ steps: own }) => own.some(({ env }) => env !== undefined && "GITOPS_TOKEN" in env));
    // what commits does not start by a push to this repository
    expect([path, commits && "push" in on]).toEqual([path, false]);
  }
});

test("updates of different services never push each other out of the queue", () => {
  expect(workflow("update-pin").concurrency?.group).toBe("update-pin-${{ github.run_id }}");
  // what is started by hand: a group names what moves, not only where
  for (const [name, input] of Object.entries({ promote: "services", rollback: "service", hold: "target", emergency: "services" }))
    expect([name, workflow(name).concurrency?.group]).toEqual([name, expect.stringContaining(`\${{ inputs.${input} }}`)]);
});

test("an application is tested before an image is pushed, and pushed before its pin moves", () => {
  const { jobs } = workflow("release");
  expect([jobs.image?.needs, jobs.pin?.needs]).toEqual(["test", "image"]);
  expect(jobs.test?.permissions).toEqual({ contents: "read" });
  expect(JSON.stringify(jobs.test)).not.toMatch(/secrets|docker|cosign/);
  // pull requests get no further than their tests
  expect(jobs.image?.if).toBe("github.event_name == 'push'");
});

test("only the job that signs has an identity, and only the one that pushes may write packages", () => {
  const granted = workflows.flatMap(({ name, jobs }) =>
    Object.entries(jobs).flatMap(([job, { permissions = {} }]) => Object.keys(permissions).map((scope) => `${name}/${job}: ${scope}`)),
  );
  expect(granted.filter((line) => /id-token|packages/.test(line)).sort()).toEqual(["release/image: id-token", "release/image: packages"]);
});
