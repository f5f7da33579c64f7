import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { projectRoot } from "../support/project-copy.ts";
import { type GitlabFile, gitlabFiles, type GitlabJob } from "./pipeline-files.ts";

/** The keywords of a job that these files use, of those that GitLab knows: https://docs.gitlab.com/ci/yaml/ */
const keywords = new Set(
  "after_script allow_failure artifacts before_script cache environment extends id_tokens image interruptible needs resource_group rules script services stage timeout variables".split(
    " ",
  ),
);
const ruleKeywords = new Set(["if", "when", "variables", "allow_failure"]);
/** What every pipeline has, without a list of its own. */
const stages = new Set([".pre", "build", "test", "deploy", ".post"]);

const application = file(".gitlab/application.yaml");
const repository = file(".gitlab/repository.yaml");

function file(path: string): GitlabFile {
  const found = gitlabFiles.find((candidate) => candidate.path === path);
  if (found === undefined) throw new Error(`there is no '${path}'`);
  return found;
}

/** A job with what it extends: keys of its own first, variables key by key. */
function whole(jobs: GitlabFile["jobs"], name: string): GitlabJob {
  const job = jobs[name];
  if (job === undefined) throw new Error(`there is no job '${name}'`);
  if (job.extends === undefined) return job;
  const base = whole(jobs, job.extends);
  return { ...base, ...job, variables: { ...base.variables, ...job.variables } };
}

const jobsOf = ({ jobs }: GitlabFile): [string, GitlabJob][] => Object.keys(jobs).map((name) => [name, whole(jobs, name)]);
const visible = (of: GitlabFile): [string, GitlabJob][] => jobsOf(of).filter(([name]) => !name.startsWith("."));

test("there are no other files than these", () => {
  expect(gitlabFiles.map(({ path }) => path)).toEqual([application.path, repository.path]);
});

test.each(gitlabFiles)("$path has keywords that GitLab knows, and rules that can be read", (of) => {
  for (const [name, job] of jobsOf(of)) {
    expect([name, Object.keys(job).filter((key) => !keywords.has(key))]).toEqual([name, []]);
    for (const rule of job.rules ?? []) {
      expect([name, Object.keys(rule).filter((key) => !ruleKeywords.has(key))]).toEqual([name, []]);
      expect([name, rule.if]).toEqual([name, expect.stringMatching(/^\$[A-Z_]+ (==|=~) /)]);
      expect(rule.if).toMatch(balanced);
    }
  }
});

/** Comparisons with `&&` or `||` between. */
const balanced = /^(\$[A-Z_]+ (== ("[^"]*"|\$[A-Z_]+)|=~ \/\S+\/)( && | \|\| |$))+$/;

test.each(gitlabFiles)("every job of $path has a script, a stage that is always there, an end, and rules when it runs", (of) => {
  expect(visible(of).length).toBeGreaterThan(3);
  for (const [name, job] of visible(of)) {
    expect([name, job.script?.length ?? 0]).not.toEqual([name, 0]);
    expect([name, stages.has(job.stage ?? "")]).toEqual([name, true]);
    expect([name, job.timeout]).toEqual([name, expect.stringMatching(/^([1-9]|[12]\d|30) minutes$/)]);
    expect([name, job.rules?.length ?? 0]).not.toEqual([name, 0]);
    expect([name, typeof job.image]).toEqual([name, "string"]);
  }
});

test.each(gitlabFiles)("what $path refers to is there", (of) => {
  for (const [name, job] of jobsOf(of)) {
    for (const needed of job.needs ?? []) expect([name, needed in of.jobs]).toEqual([name, true]);
    for (const line of [...(job.before_script ?? []), ...(job.script ?? [])]) {
      if (typeof line !== "string") {
        const [from, key] = line;
        expect([name, Array.isArray(of.jobs[from]?.[key])]).toEqual([name, true]);
      }
      for (const [, path = ""] of String(line).matchAll(/(\.ci\/kit\/[\w.-]+)/g))
        expect([path, existsSync(join(projectRoot, path))]).toEqual([path, true]);
    }
  }
  const used = new Set([...of.text.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, input]) => input));
  expect([...used].sort()).toEqual(Object.keys(of.spec?.inputs ?? {}).sort());
});

test("an application's project has the jobs that its teams know", () => {
  const names = visible(application).map(([name]) => name);
  for (const environment of ["dev", "staging", "production"]) {
    expect(names).toEqual(expect.arrayContaining([`gitops:${environment}`, `deploy:${environment}:emergency`]));
    expect(whole(application.jobs, `gitops:${environment}`).variables?.ENVIRONMENT).toBe(environment);
    expect(whole(application.jobs, `deploy:${environment}:emergency`).variables?.ENVIRONMENT).toBe(environment);
  }
});

test("tests come before the image, the image before the pin", () => {
  expect(whole(application.jobs, "keelson:image").needs).toEqual(["keelson:test"]);
  for (const [name, job] of visible(application).filter(([candidate]) => candidate.startsWith("gitops:")))
    expect([name, job.needs]).toEqual([name, ["keelson:image"]]);
});

test("nothing but tests runs for a merge request", () => {
  const running = visible(application).filter(([, { rules = [] }]) =>
    rules.some((rule) => String(rule.if).includes("merge_request_event")),
  );
  expect(running.map(([name]) => name)).toEqual(["keelson:test"]);
});

test("an emergency is started by hand, in a pipeline that says it is one, with a protected environment of its own", () => {
  const emergencies = visible(application).filter(([name]) => name.endsWith(":emergency"));
  expect(emergencies).toHaveLength(3);
  for (const [name, { rules, environment }] of emergencies) {
    expect([name, rules]).toEqual([name, [{ if: '$CI_PIPELINE_SOURCE == "web" && $EMERGENCY == "yes"', when: "manual" }]]);
    expect(environment).toEqual({ name: `emergency/${name.split(":")[1] ?? ""}` });
  }
});

test("credentials of a cluster are in emergencies alone", () => {
  for (const of of gitlabFiles)
    for (const [name, job] of visible(of))
      expect([name, /kubeconfig|kubectl/i.test(JSON.stringify(job))]).toEqual([name, name.endsWith(":emergency")]);
});

test("a token that writes belongs to an environment, so that tests and builds never see it", () => {
  for (const of of gitlabFiles) {
    for (const [name, job] of visible(of)) {
      const moves = /update-pin|promote\.sh|rollback\.sh|emergency\.sh/.test(JSON.stringify(job.script));
      expect([name, moves, job.environment !== undefined]).toEqual([name, moves, moves]);
    }
  }
});

test.each(gitlabFiles)("every script that a job of $path starts gets what nobody types", (of) => {
  for (const [name, job] of visible(of)) {
    const scripts = [...JSON.stringify(job.script).matchAll(/\.ci\/kit\/[\w-]+\.sh/g)].map(([path]) =>
      readFileSync(join(projectRoot, path), "utf8"),
    );
    const wanted = ["ACTOR", "RUN_URL", "RUN_ID"].filter((variable) => scripts.some((text) => text.includes(`\${${variable}:?}`)));
    expect([name, wanted.filter((variable) => job.variables?.[variable] === undefined)]).toEqual([name, []]);
  }
});

test("jobs that move pins are ordered, and never cut off", () => {
  for (const of of gitlabFiles) {
    for (const [name, job] of visible(of).filter(([, { environment }]) => environment !== undefined)) {
      expect([name, typeof job.resource_group, job.interruptible]).toEqual([name, "string", false]);
    }
  }
});
