import { shortId } from "../../git/short-id.ts";
import type { Issue } from "../../manifest/issue.ts";
import type { FileChange } from "../../synth/plan-changes.ts";
import type { Io } from "../io.ts";
import { issuesAsJson, printIssues } from "../print-issues.ts";
import type { Landed } from "./landing.ts";
import type { LandingOptions } from "./landing-options.ts";

/** So many generated files are named one by one; more are counted. */
const mostNamed = 20;

const verbs = { create: "created", update: "updated", delete: "deleted" } as const;

/** What every command that lands an edit says alike, after what it says of its own: findings, generated files, and where the commit is. */
export function printLanding<T>(landing: Landed<T>, options: LandingOptions, io: Io): void {
  const { outcome, issues, changes } = landing;
  printIssues(issues, io);
  if (outcome === "invalid") {
    io.stderr(`nothing was written: ${errorsOf(issues)}\n`);
    return;
  }
  if (outcome === "nothing") {
    io.stderr("nothing is to be changed\n");
    return;
  }
  if (changes.length <= mostNamed) io.stdout(changes.map(({ kind, path }) => `${verbs[kind]} ${path}\n`).join(""));
  io.stdout(`${kinds.map((kind) => `${count(changes, kind)} ${verbs[kind]}`).join(", ")}\n`);
  io.stdout(placeOf(landing, options));
  if (outcome === "written")
    io.stderr("hint: commit all of it together; `--commit`, `--push` and `--branch <name>` do that, from a clean tree\n");
}

/** The same for programs: the fields that a command's own JSON ends with. */
export function landingAsJson<T>({ outcome, commit, changes, issues, attempts, review }: Landed<T>, io: Io): object {
  return {
    outcome,
    ...(commit !== undefined && { commit }),
    ...(review !== undefined && { review }),
    attempts,
    files: Object.fromEntries(kinds.map((kind) => [verbs[kind], changes.filter((change) => change.kind === kind).map(({ path }) => path)])),
    issues: issuesAsJson(issues, io),
  };
}

const kinds = ["create", "update", "delete"] as const;

function count(changes: readonly FileChange[], wanted: FileChange["kind"]): number {
  return changes.filter(({ kind }) => kind === wanted).length;
}

function errorsOf(issues: readonly Issue[]): string {
  const errors = issues.filter(({ severity }) => severity === "error").length;
  return `${errors} error${errors === 1 ? "" : "s"}`;
}

function placeOf<T>({ outcome, commit, attempts, review }: Landed<T>, { remote = "origin", branch = "" }: LandingOptions): string {
  if (commit === undefined) return "";
  const id = `commit ${shortId(commit)}`;
  if (outcome === "pushed") return `${id} pushed to '${remote}'${attempts > 1 ? ` at attempt ${attempts}` : ""}\n`;
  if (outcome === "branched")
    return `${id} on branch '${branch}' of '${remote}'\n${review === undefined ? "" : `open the pull request: ${review}\n`}`;
  return `${id}\n`;
}
