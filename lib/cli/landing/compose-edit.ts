import { UserError } from "../../errors/user-error.ts";
import { composeCommit } from "../../git/compose-commit.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import { commitText } from "../../history/commit-message.ts";
import type { FileChange } from "../../synth/plan-changes.ts";
import { projectFiles } from "../project-files.ts";
import { editedOutput } from "./edited-output.ts";
import type { Landed, LandingJob } from "./landing.ts";
import { requireRendered } from "./require-rendered.ts";

/** An edit as a commit that no branch holds yet, or how it ended without one. */
export type ComposedEdit<T> =
  | (Omit<Landed<T>, "outcome" | "commit"> & { readonly outcome: "composed"; readonly commit: string })
  | (Landed<T> & { readonly outcome: "nothing" | "invalid" });

/**
 * Plans an edit on what is checked out, renders it in memory, and makes the commit. No file of the clone is touched.
 *
 * @param attempts - how often this was done, this time included
 * @throws UserError when the edit needs a review and would be pushed, or the generated files are not what they should be already
 */
export async function composeEdit<T>(
  { definitions, plan, options, io }: LandingJob<T>,
  git: GitRepository,
  attempts = 1,
): Promise<ComposedEdit<T>> {
  const head = git.commit("HEAD");
  if (head === undefined) throw new Error(`nothing is checked out in '${git.folder}'`);
  const { edit, value } = await plan({ project: projectFiles(io.root), git });
  const nothing = { outcome: "nothing", value, commit: undefined, changes: [], issues: [], attempts, exitCode: 0 } as const;
  if (edit === undefined) return nothing;
  if (options.push === true && edit.needsReview !== undefined) {
    throw new UserError(`${edit.needsReview} takes pull requests`, { hint: "give `--branch <name>` instead of `--push`" });
  }
  requireRendered(definitions, io);
  const { plan: output, issues, failed } = editedOutput(definitions, edit, io);
  if (failed) return { ...nothing, outcome: "invalid", issues, exitCode: 1 };
  const files = new Map([...edit.files, ...generated(definitions.repository.output, output.changes)]);
  const commit = composeCommit(git, { parent: head, files, text: commitText(edit.message), date: io.now().toISOString() });
  if (commit === undefined) return { ...nothing, issues };
  return { ...nothing, outcome: "composed", commit, changes: output.changes, issues };
}

/** The files that a commit brings beside the edit's own. */
function generated(output: string, changes: readonly FileChange[]): Map<string, string | undefined> {
  return new Map(changes.map((change) => [`${output}/${change.path}`, change.kind === "delete" ? undefined : change.content]));
}
