import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { projectRoot } from "../support/project-copy.ts";

/** A file of a pipeline. */
export interface PipelineFile {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
}

/** A step of a job or of a composite action. */
export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

/** A job of a workflow. */
export interface Job {
  readonly name?: string;
  readonly needs?: string;
  readonly if?: string;
  readonly environment?: string;
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A workflow of GitHub Actions. */
export interface Workflow extends PipelineFile {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Every workflow of `.github/workflows/`. */
export const workflows: readonly Workflow[] = filesOf(".github/workflows", ".yaml").map((file) => ({
  ...file,
  ...(parse(file.text) as Omit<Workflow, keyof PipelineFile>),
}));

/** Every composite action of `.github/actions/`, with its steps. */
export const actions: readonly (PipelineFile & { readonly steps: readonly Step[] })[] = filesOf(".github/actions", "action.yaml").map(
  (file) => ({ ...file, steps: (parse(file.text) as { runs: { steps: Step[] } }).runs.steps }),
);

/** Every script of the kit. */
export const scripts: readonly PipelineFile[] = filesOf(".ci/kit", ".sh");

/** Every file of `.gitlab/` that other pipelines include. */
export const gitlabFiles: readonly GitlabFile[] = filesOf(".gitlab", ".yaml").map((file) => {
  // a list inside of a script is what GitLab's `!reference` points at
  const parts = parseAllDocuments(file.text.replaceAll("!reference [", "[")).map((document) => {
    if (!("contents" in document)) throw new Error(`'${file.path}' is empty`);
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS() as unknown;
  });
  const header = parts.length > 1 ? (parts[0] as { spec: GitlabFile["spec"] }) : undefined;
  return { ...file, spec: header?.spec, jobs: parts.at(-1) as GitlabFile["jobs"] };
});

/** A file that GitLab's pipelines include. */
export interface GitlabFile extends PipelineFile {
  /** What it takes, where it takes something. */
  readonly spec: { readonly inputs: Readonly<Record<string, { readonly description?: string; readonly default?: string }>> } | undefined;
  readonly jobs: Readonly<Record<string, GitlabJob>>;
}

/** A line of a script, or a reference to another job's: its name and the key. */
export type GitlabLine = string | readonly [job: string, key: string];

/** A job of GitLab CI. */
export interface GitlabJob {
  readonly extends?: string;
  readonly stage?: string;
  readonly script?: readonly GitlabLine[];
  readonly before_script?: readonly GitlabLine[];
  readonly rules?: readonly Readonly<Record<string, unknown>>[];
  readonly needs?: readonly string[];
  readonly environment?: { readonly name: string; readonly action?: string };
  readonly variables?: Readonly<Record<string, string>>;
  readonly timeout?: string;
  readonly [keyword: string]: unknown;
}

function filesOf(folder: string, end: string): PipelineFile[] {
  const top = join(projectRoot, folder);
  const names = existsSync(top) ? readdirSync(top, { recursive: true, encoding: "utf8" }) : [];
  return names
    .filter((name) => name.endsWith(end))
    .sort()
    .map((name) => ({ path: `${folder}/${name}`, text: readText(`${folder}/${name}`) }));
}

function readText(path: string): string {
  return readFileSync(join(projectRoot, path), "utf8");
}
